import { contributionOf } from "../../lib/core/feature";
import { proxy } from "../../lib/features/proxy";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";

const HTTP = "http://proxy.example:3128";
/** ECS metadata bypasses the proxy, networks are matched, and logs are sent over HTTP. */
const ALWAYS = {
  DD_PROXY_NO_PROXY: "169.254.170.2",
  DD_NO_PROXY_NONEXACT_MATCH: "true",
  DD_LOGS_CONFIG_FORCE_USE_HTTP: "true",
};

const HTTPS = "http://proxy.example:3129";

describe("proxy", () => {
  it.each([
    ["HTTP", { http: HTTP, noProxy: [] }, { ...ALWAYS, DD_PROXY_HTTP: "http://proxy.example:3128" }],
    ["HTTPS", { https: HTTPS, noProxy: [] }, { ...ALWAYS, DD_PROXY_HTTPS: "http://proxy.example:3129" }],
    [
      "both, but for some hosts",
      { http: HTTP, https: HTTPS, noProxy: ["10.0.0.1", "shop.example"] },
      {
        ...ALWAYS,
        DD_PROXY_HTTP: "http://proxy.example:3128",
        DD_PROXY_HTTPS: "http://proxy.example:3129",
        DD_PROXY_NO_PROXY: "169.254.170.2 10.0.0.1 shop.example",
      },
    ],
  ])("sets the proxy for %s", (_what, options, environment) => {
    expect(contributionOf(proxy, options, linux)).toStrictEqual({ environment });
  });

  it.each([
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("does the same on %s", (_name, host) => {
    expect(contributionOf(proxy, { https: HTTPS, noProxy: ["10.0.0.1"] }, host)).toStrictEqual({
      environment: {
        ...ALWAYS,
        DD_PROXY_HTTPS: "http://proxy.example:3129",
        DD_PROXY_NO_PROXY: "169.254.170.2 10.0.0.1",
      },
    });
  });

  it("has no proxy and no exceptions by default", () => {
    expect(proxy.options.parse({})).toEqual({ noProxy: [] });
  });

  it.each([
    [{ url: HTTP }, ""],
    [{ http: "proxy.example:3128" }, "http"],
    [{ http: "socks5://proxy.example" }, "http"],
    [{ https: "http://user:password@proxy.example:3128" }, "https"],
    [{ https: "http://proxy.example/path" }, "https"],
    [{ https: "http://proxy example" }, "https"],
    [{ noProxy: "10.0.0.1" }, "noProxy"],
    [{ noProxy: ["a.example", "b.example,c.example"] }, "noProxy.1"],
    [{ noProxy: ["a.example b.example"] }, "noProxy.0"],
    [{ noProxy: [""] }, "noProxy.0"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(proxy.options, options)).toEqual([path]);
  });

  it.each([
    { http: "http://10.0.0.1:3128/" },
    { https: "https://proxy.example" },
    { https: "${var.proxy}", noProxy: ["${var.host}", "10.0.0.1"] },
  ])("accepts the options %j", (options) => {
    expect(proxy.options.parse(options)).toEqual({ noProxy: [], ...options });
  });

  it("requires an HTTP or HTTPS proxy", () => {
    expect(optionProblems(proxy, { noProxy: ["10.0.0.1"] })).toEqual([
      { path: [], message: "needs `http`, `https` or both, got neither. Add one, or set the feature to false." },
    ]);
    expect(optionProblems(proxy, { http: HTTP, noProxy: [] })).toEqual([]);
    expect(optionProblems(proxy, { https: HTTPS, noProxy: [] })).toEqual([]);
  });

  it("works on all hosts, but not with a FIPS proxy", () => {
    expect(needsOf(proxy)).toEqual({
      requires: [],
      excludes: { fipsProxy: "with a FIPS proxy, the Agent ignores any other proxy" },
    });
  });
});
