import { sbom } from "../../lib/features/sbom";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { HOST_ROOT } from "../support/system-probe";

const ofImages = {
  DD_SBOM_ENABLED: "true",
  DD_SBOM_CONTAINER_IMAGE_ENABLED: "true",
  DD_CONTAINER_IMAGE_ENABLED: "true",
};

describe("sbom", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s lists the software in images, for which it needs no more than memory", (_name, host) => {
    expect(sbom.on({ host: false }, host)).toStrictEqual({
      environment: ofImages,
      mounts: [],
      advisedMemoryMiB: 256,
    });
  });

  it("lists the host's software too, in the host's files", () => {
    expect(sbom.on({ host: true }, linux)).toStrictEqual({
      environment: { ...ofImages, DD_SBOM_HOST_ENABLED: "true", HOST_ROOT: "/host/root" },
      mounts: [HOST_ROOT],
      advisedMemoryMiB: 256,
    });
  });

  it("leaves the host alone by default", () => {
    expect(sbom.options.parse({})).toEqual({ host: false });
  });

  it.each([
    [{ images: true }, ""],
    [{ host: "true" }, "host"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(sbom.options, options)).toEqual([path]);
  });

  it("needs Linux containers and Agent 7.46", () => {
    expect(needsOf(sbom)).toEqual({ requires: ["linux-containers"], since: "7.46" });
  });
});
