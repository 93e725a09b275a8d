import { contributionOf } from "../../lib/core/feature";
import { fipsProxy } from "../../lib/features/fips-proxy";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";

const defaults = { image: "datadog/fips-proxy:1.1.30", portRangeStart: 9803, cpu: 10, memoryMiB: 256 };

describe("fipsProxy", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s adds a proxy sidecar with 16 ports on localhost", (_name, host) => {
    expect(contributionOf(fipsProxy, defaults, host)).toStrictEqual({
      environment: { DD_FIPS_ENABLED: "true", DD_FIPS_PORT_RANGE_START: "9803", DD_FIPS_HTTPS: "false" },
      sidecars: [
        {
          name: "fips-proxy",
          image: "datadog/fips-proxy:1.1.30",
          cpu: 10,
          memoryMiB: 256,
          environment: { DD_FIPS_PORT_RANGE_START: "9803", DD_FIPS_LOCAL_ADDRESS: "127.0.0.1" },
          ports: [
            { containerPort: 9803, protocol: "tcp" },
            { containerPort: 9804, protocol: "tcp" },
            { containerPort: 9805, protocol: "tcp" },
            { containerPort: 9806, protocol: "tcp" },
            { containerPort: 9807, protocol: "tcp" },
            { containerPort: 9808, protocol: "tcp" },
            { containerPort: 9809, protocol: "tcp" },
            { containerPort: 9810, protocol: "tcp" },
            { containerPort: 9811, protocol: "tcp" },
            { containerPort: 9812, protocol: "tcp" },
            { containerPort: 9813, protocol: "tcp" },
            { containerPort: 9814, protocol: "tcp" },
            { containerPort: 9815, protocol: "tcp" },
            { containerPort: 9816, protocol: "tcp" },
            { containerPort: 9817, protocol: "tcp" },
            { containerPort: 9818, protocol: "tcp" },
          ],
        },
      ],
    });
  });

  it("changes the ports of the Agent and the proxy together, and the size of the proxy", () => {
    const options = { image: "registry.example/fips-proxy:2", portRangeStart: 20_000, cpu: 0, memoryMiB: 64 };
    const { environment, sidecars: [proxy] = [] } = contributionOf(fipsProxy, options, linux);
    expect(environment?.DD_FIPS_PORT_RANGE_START).toBe("20000");
    expect(proxy).toMatchObject({
      image: "registry.example/fips-proxy:2",
      cpu: 0,
      memoryMiB: 64,
      environment: { DD_FIPS_PORT_RANGE_START: "20000" },
    });
    expect(proxy?.ports.map(({ containerPort }) => containerPort)).toEqual([
      20000, 20001, 20002, 20003, 20004, 20005, 20006, 20007, 20008, 20009, 20010, 20011, 20012, 20013, 20014, 20015,
    ]);
  });

  it("uses the image of Datadog's chart from port 9803 on by default", () => {
    expect(fipsProxy.options.parse({})).toEqual(defaults);
  });

  it.each([
    [{ port: 9803 }, ""],
    [{ image: "" }, "image"],
    [{ image: "two words" }, "image"],
    [{ portRangeStart: 1023 }, "portRangeStart"],
    [{ portRangeStart: 65_521 }, "portRangeStart"],
    [{ portRangeStart: "9803" }, "portRangeStart"],
    [{ cpu: -1 }, "cpu"],
    [{ cpu: 0.5 }, "cpu"],
    [{ memoryMiB: 5 }, "memoryMiB"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(fipsProxy.options, options)).toEqual([path]);
  });

  it.each([
    { image: `public.ecr.aws/datadog/fips-proxy@sha256:${"0123456789abcdef".repeat(4)}` },
    { portRangeStart: 1024 },
    { portRangeStart: 65_520 },
    { cpu: 0 },
    { memoryMiB: 6 },
  ])("accepts the options %j", (options) => {
    expect(fipsProxy.options.parse(options)).toEqual({ ...defaults, ...options });
  });

  it("is on by default in Linux containers on a government site, with a shared localhost", () => {
    expect(needsOf(fipsProxy)).toEqual({
      requires: ["linux-containers"],
      sites: ["ddog-gov.com", "us2.ddog-gov.com"],
      // `host` first: it is the default.
      networkModes: ["host", "awsvpc"],
      onByDefault: true,
    });
  });

  it("explains why bridge mode and other sites don't work", () => {
    expect(fipsProxy.networkModes?.because).toMatch(/localhost.*bridge mode/);
    expect(fipsProxy.sites?.because).toBe("Datadog's other sites don't support the FIPS proxy");
  });
});
