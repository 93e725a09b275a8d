import { contributionOf } from "../../lib/core/feature";
import { sbom } from "../../lib/features/sbom";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { HOST_ROOT, SYSTEM_PROBE } from "../support/system-probe";

const ofImages = {
  DD_SBOM_ENABLED: "true",
  DD_SBOM_CONTAINER_IMAGE_ENABLED: "true",
  DD_CONTAINER_IMAGE_ENABLED: "true",
};

describe("sbom", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s lists the software in images, without host access", (_name, host) => {
    expect(contributionOf(sbom, { host: false, inUse: false }, host)).toStrictEqual({
      environment: ofImages,
      mounts: [],
      advisedMemoryMiB: 256,
    });
  });

  it("can list the host's software from the host's files", () => {
    expect(contributionOf(sbom, { host: true, inUse: false }, linux)).toStrictEqual({
      environment: { ...ofImages, DD_SBOM_HOST_ENABLED: "true", HOST_ROOT: "/host/root" },
      mounts: [HOST_ROOT],
      advisedMemoryMiB: 256,
    });
  });

  it("can report packages in use with the system probe", () => {
    expect(contributionOf(sbom, { host: true, inUse: true }, linux)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: {
        ...ofImages,
        DD_SBOM_HOST_ENABLED: "true",
        DD_SBOM_ENRICHMENT_USAGE_ENABLED: "true",
        HOST_ROOT: "/host/root",
      },
      mounts: [HOST_ROOT, ...SYSTEM_PROBE.mounts],
      pidMode: "host",
    });
  });

  it("doesn't list the host's software by default", () => {
    expect(sbom.options.parse({})).toEqual({ host: false, inUse: false });
  });

  it.each([
    [{ images: true }, ""],
    [{ host: "true" }, "host"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(sbom.options, options)).toEqual([path]);
  });

  it("needs Linux containers and Agent 7.46; packages in use need a Linux kernel and a newer Agent", () => {
    expect(needsOf(sbom)).toEqual({
      requires: ["linux-containers"],
      optionRequires: { inUse: ["linux-kernel"] },
      since: "7.46",
      optionSince: { inUse: "7.79" },
    });
  });
});
