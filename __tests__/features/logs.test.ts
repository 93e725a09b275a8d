import { logs } from "../../lib/features/logs";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";

const linuxMounts = [
  mounted("pointdir", "/opt/datadog-agent/run", "/opt/datadog-agent/run", false),
  mounted("containers_root", "/var/lib/docker/containers/", "/var/lib/docker/containers", true),
];
const windowsMounts = [
  {
    volume: {
      name: "pointdir",
      dockerVolumeConfiguration: { autoprovision: true, driver: "local", scope: "shared" },
    },
    containerPath: "C:/programdata/datadog/run",
    readOnly: false,
  },
  mounted("containers_root", "c:/programdata/docker/containers", "c:/programdata/docker/containers", true),
];

describe("logs", () => {
  it.each([
    [
      "all containers",
      { collectAll: true, include: [], exclude: [] },
      { DD_LOGS_ENABLED: "true", DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true" },
    ],
    [
      "only containers whose labels ask for it",
      { collectAll: false, include: [], exclude: [] },
      { DD_LOGS_ENABLED: "true", DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "false" },
    ],
    [
      "all containers but some",
      { collectAll: true, include: [], exclude: ["name:^proxy$", "image:nginx"] },
      {
        DD_LOGS_ENABLED: "true",
        DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true",
        DD_CONTAINER_EXCLUDE_LOGS: "name:^proxy$ image:nginx",
      },
    ],
    [
      "some containers although others are excluded",
      { collectAll: true, include: ["name:shop", "image:.*shop"], exclude: ["name:.*"] },
      {
        DD_LOGS_ENABLED: "true",
        DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true",
        DD_CONTAINER_INCLUDE_LOGS: "name:shop image:.*shop",
        DD_CONTAINER_EXCLUDE_LOGS: "name:.*",
      },
    ],
  ])("collects from %s", (_what, options, environment) => {
    expect(logs.on(options, linux)).toStrictEqual({ environment, mounts: linuxMounts });
  });

  it.each([
    ["linux", linux, linuxMounts],
    ["amazon-linux-1", amazonLinux1, linuxMounts],
    ["windows", windows, windowsMounts],
  ])("on %s sees the log files and keeps how far it has read", (_name, host, mounts) => {
    expect(logs.on({ collectAll: true, include: [], exclude: [] }, host).mounts).toStrictEqual(mounts);
  });

  it("collects everything by default", () => {
    expect(logs.options.parse({})).toEqual({ collectAll: true, include: [], exclude: [] });
  });

  it.each([
    [{ all: true }, ""],
    [{ collectAll: "false" }, "collectAll"],
    [{ include: "name:shop" }, "include"],
    [{ include: ["shop"] }, "include.0"],
    [{ include: ["label:shop"] }, "include.0"],
    [{ include: ["hostname:shop"] }, "include.0"],
    [{ exclude: ["name:shop", "name:"] }, "exclude.1"],
    [{ exclude: ["name:two words"] }, "exclude.0"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(logs.options, options)).toEqual([path]);
  });

  it("takes patterns of names and images, and expressions for them", () => {
    const options = { include: ["name:^a|b$", "${var.pattern}"], exclude: ["image:registry.example/nginx:.*"] };
    expect(logs.options.parse(options)).toEqual({ collectAll: true, ...options });
  });

  it("works everywhere", () => {
    expect(needsOf(logs)).toEqual({ requires: [] });
  });
});
