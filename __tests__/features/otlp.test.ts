import { contributionOf } from "../../lib/core/feature";
import { otlp } from "../../lib/features/otlp";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";

const GRPC = { containerPort: 4317, protocol: "tcp" };
const HTTP = { containerPort: 4318, protocol: "tcp" };
const overGrpc = { DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT: "0.0.0.0:4317" };
const overHttp = { DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT: "0.0.0.0:4318" };
const withoutLogs = { DD_OTLP_CONFIG_LOGS_ENABLED: "false" };

/** Traces go through the trace-agent, which only the Agent's container can reach. */
const TRACE_AGENT = { fallback: { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "false" } };

const both = { grpc: true, http: true, logs: false };

describe("otlp", () => {
  it.each([
    ["gRPC", { ...both, http: false }, linux, { ...overGrpc, ...withoutLogs }, [GRPC]],
    ["HTTP", { ...both, grpc: false }, linux, { ...overHttp, ...withoutLogs }, [HTTP]],
    ["both on linux", both, linux, { ...overGrpc, ...overHttp, ...withoutLogs }, [GRPC, HTTP]],
    ["both on amazon-linux-1", both, amazonLinux1, { ...overGrpc, ...overHttp, ...withoutLogs }, [GRPC, HTTP]],
    ["both on windows", both, windows, { ...overGrpc, ...overHttp, ...withoutLogs }, [GRPC, HTTP]],
  ])("receives over %s", (_what, options, host, environment, ports) => {
    expect(contributionOf(otlp, options, host)).toStrictEqual({ ...TRACE_AGENT, environment, ports });
  });

  it("can receive logs", () => {
    expect(contributionOf(otlp, { ...both, logs: true }, linux).environment).toEqual({
      ...overGrpc,
      ...overHttp,
      DD_OTLP_CONFIG_LOGS_ENABLED: "true",
    });
  });

  it("listens on both ports, without logs, by default", () => {
    expect(otlp.options.parse({})).toEqual({ grpc: true, http: true, logs: false });
  });

  it.each([
    [{ traces: true }, ""],
    [{ grpc: 4317 }, "grpc"],
    [{ http: "0.0.0.0:4318" }, "http"],
    [{ logs: "true" }, "logs"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(otlp.options, options)).toEqual([path]);
  });

  it("requires gRPC or HTTP", () => {
    expect(optionProblems(otlp, { grpc: false, http: false, logs: true })).toEqual([
      {
        path: [],
        message: "needs `grpc`, `http` or both, got neither. To turn it off, set the feature to false.",
      },
    ]);
    expect(optionProblems(otlp, { ...both, grpc: false })).toEqual([]);
    expect(optionProblems(otlp, { ...both, http: false })).toEqual([]);
  });

  it("works on all hosts; logs need Agent 7.48 and the feature `logs`", () => {
    expect(needsOf(otlp)).toEqual({
      requires: [],
      optionSince: { logs: "7.48" },
      optionNeeds: { logs: "logs" },
      through: ["apm"],
    });
  });
});
