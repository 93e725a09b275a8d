import { proxy } from "../../lib/features/proxy";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

const HTTP = "http://proxy.example:3128";
/** ECS's metadata has no proxy, networks are matched, and logs go the way that a proxy can carry. */
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
  ])("sends by a proxy what goes by %s", (_what, options, environment) => {
    expect(proxy.on(options, linux)).toStrictEqual({ environment });
  });

  it.each([
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("does the same on %s", (_name, host) => {
    expect(proxy.on({ https: HTTPS, noProxy: ["10.0.0.1"] }, host)).toStrictEqual({
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
  ])("takes the options %j", (options) => {
    expect(proxy.options.parse(options)).toEqual({ noProxy: [], ...options });
  });

  it("refuses to be no proxy", () => {
    expect(proxy.problems?.({ noProxy: ["10.0.0.1"] })).toEqual([
      { path: [], message: "must have `http`, `https` or both, got neither. Add one, or set it to false." },
    ]);
    expect(proxy.problems?.({ http: HTTP, noProxy: [] })).toEqual([]);
    expect(proxy.problems?.({ https: HTTPS, noProxy: [] })).toEqual([]);
  });

  it("works everywhere, but not beside a FIPS proxy", () => {
    expect(needsOf(proxy)).toEqual({
      requires: [],
      excludes: { fipsProxy: "with a FIPS proxy the Agent ignores every other one" },
    });
  });
});
