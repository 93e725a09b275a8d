import { contributionOf } from "../../lib/core/feature";
import { logs } from "../../lib/features/logs";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";

const open = { files: [], processingRules: [], collectAll: true, include: [], exclude: [] };

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
    expect(contributionOf(logs, options, linux)).toStrictEqual({ environment, mounts: linuxMounts });
  });

  it.each([
    ["linux", linux, linuxMounts],
    ["amazon-linux-1", amazonLinux1, linuxMounts],
    ["windows", windows, windowsMounts],
  ])("on %s mounts the log files and stores its read positions", (_name, host, mounts) => {
    expect(contributionOf(logs, { collectAll: true, include: [], exclude: [] }, host).mounts).toStrictEqual(mounts);
  });

  it("sets global processing rules in the Agent's format", () => {
    const processingRules = [
      { type: "mask_sequences", name: "cards", pattern: "\\d{4}<&>", replacePlaceholder: "[card]" },
      { type: "exclude_at_match", name: "health", pattern: "GET /health" },
    ];
    const { environment = {} } = contributionOf(logs, { ...open, processingRules }, linux);
    const text = environment.DD_LOGS_CONFIG_PROCESSING_RULES ?? "";
    expect(JSON.parse(text)).toEqual([
      { type: "mask_sequences", name: "cards", pattern: "\\d{4}<&>", replace_placeholder: "[card]" },
      { type: "exclude_at_match", name: "health", pattern: "GET /health" },
    ]);
    // In the format of Terraform's jsonencode, so that all outputs are equal.
    expect(text).toMatch(/^\[\{"name":"cards","pattern":"\\\\d\{4\}\\u003c\\u0026\\u003e","replace_placeholder"/);
  });

  it.each([
    [{ autoMultiLine: true }, { DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION: "true" }],
    [{ autoMultiLine: false }, { DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION: "false" }],
    [{ openFilesLimit: 1000 }, { DD_LOGS_CONFIG_OPEN_FILES_LIMIT: "1000" }],
    [{}, {}],
  ])("sets no variable for an option that isn't set: %j", (options, expected) => {
    const { environment } = contributionOf(logs, { ...open, ...options }, linux);
    expect(environment).toEqual({
      DD_LOGS_ENABLED: "true",
      DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true",
      ...expected,
    });
  });

  it("collects host log files, mounted next to the image's own /var/log", () => {
    const files = [{ path: "/var/log/nginx/*.log", source: "nginx", service: "proxy" }];
    const { dockerLabels = {}, mounts } = contributionOf(logs, { ...open, files }, linux);
    expect(Object.keys(dockerLabels)).toEqual(["com.datadoghq.ad.logs"]);
    expect(JSON.parse(dockerLabels["com.datadoghq.ad.logs"] ?? "")).toEqual([
      { type: "file", path: "/host/var/log/nginx/*.log", source: "nginx", service: "proxy" },
    ]);
    expect(mounts).toEqual([...linuxMounts, mounted("var_log", "/var/log", "/host/var/log", true)]);
  });

  it("accepts a placeholder only for masking rules", () => {
    const rule = (type: string) => ({ type, name: "a", pattern: "b", replacePlaceholder: "c" });
    const processingRules = [rule("mask_sequences"), rule("include_at_match")];
    expect(optionProblems(logs, { ...open, processingRules })).toEqual([
      { path: ["processingRules", 1], message: "can't have `replacePlaceholder` unless its type is mask_sequences." },
    ]);
  });

  it("collects all container logs by default", () => {
    expect(logs.options.parse({})).toEqual(open);
  });

  it.each([
    [{ all: true }, ""],
    [{ collectAll: "false" }, "collectAll"],
    [{ processingRules: [{ type: "drop", name: "a", pattern: "b" }] }, "processingRules.0.type"],
    [{ processingRules: [{ type: "exclude_at_match", name: "two words", pattern: "b" }] }, "processingRules.0.name"],
    [{ files: [{ path: "/etc/passwd", source: "a", service: "b" }] }, "files.0.path"],
    [{ files: [{ path: "/var/log/../../etc/passwd", source: "a", service: "b" }] }, "files.0.path"],
    [{ files: [{ path: "/var/log/syslog", source: "a" }] }, "files.0.service"],
    [{ autoMultiLine: "true" }, "autoMultiLine"],
    [{ openFilesLimit: 0 }, "openFilesLimit"],
    [{ include: "name:shop" }, "include"],
    [{ include: ["shop"] }, "include.0"],
    [{ include: ["label:shop"] }, "include.0"],
    [{ include: ["hostname:shop"] }, "include.0"],
    [{ exclude: ["name:shop", "name:"] }, "exclude.1"],
    [{ exclude: ["name:two words"] }, "exclude.0"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(logs.options, options)).toEqual([path]);
  });

  it("accepts name and image patterns, and Terraform expressions", () => {
    const options = { include: ["name:^a|b$", "${var.pattern}"], exclude: ["image:registry.example/nginx:.*"] };
    expect(logs.options.parse(options)).toEqual({ ...open, ...options });
  });

  it("works on all hosts, with host log files in Linux containers", () => {
    expect(needsOf(logs)).toEqual({ requires: [], optionRequires: { files: ["linux-containers"] } });
    expect(logs.options.parse({})).toMatchObject({ files: [] });
  });
});
