import type { PortMapping } from "@aws-sdk/client-ecs";
import { hostPorts, summaryTable } from "../lib/summary";
import { taskOf } from "./support/task";

const tcp = (...ports: number[]) => ports.map((hostPort): PortMapping => ({ hostPort, protocol: "tcp" }));
const udp = (...ports: number[]) => ports.map((hostPort): PortMapping => ({ hostPort, protocol: "udp" }));

describe("hostPorts", () => {
  it.each([
    ["nothing", [], []],
    ["single ports with their protocols", [...udp(8125), ...tcp(8126)], ["8125/udp", "8126/tcp"]],
    ["consecutive ports as a range", tcp(9803, 9804, 9805), ["9803-9805/tcp"]],
    ["a gap as the end of a range", tcp(1, 2, 4, 5), ["1-2/tcp", "4-5/tcp"]],
    ["tcp without a protocol", [{ hostPort: 80 }], ["80/tcp"]],
  ])("shows %s", (_what, portMappings, shown) => {
    expect(hostPorts(taskOf({ portMappings }))).toEqual(shown);
  });

  it("shows the ports of all containers", () => {
    const task = taskOf({ portMappings: tcp(8126) }, {}, { portMappings: tcp(9803, 9804) });
    expect(hostPorts(task)).toEqual(["8126/tcp", "9803-9804/tcp"]);
  });

  it("is empty in network mode awsvpc", () => {
    expect(hostPorts({ ...taskOf({ portMappings: tcp(8126) }), networkMode: "awsvpc" })).toEqual([]);
    expect(hostPorts({ ...taskOf({ portMappings: tcp(8126) }), networkMode: "host" })).toEqual(["8126/tcp"]);
  });
});

describe("summaryTable", () => {
  it("aligns a row for each stack, with a dash for empty cells", () => {
    const table = summaryTable([
      {
        stack: "production",
        cluster: "shop",
        host: "linux",
        features: ["apm", "logs"],
        task: taskOf({ portMappings: tcp(8126, 9803) }),
        variables: [],
      },
      {
        stack: "trial",
        cluster: "",
        host: "windows",
        features: [],
        task: taskOf({}),
        variables: ["cluster", "api_key"],
      },
    ]);
    expect(table.split("\n")).toEqual([
      "STACK       CLUSTER  HOST     FEATURES   HOST PORTS          REQUIRED VARIABLES",
      "production  shop     linux    apm, logs  8126/tcp, 9803/tcp  -",
      "trial       -        windows  -          -                   var.cluster, var.api_key",
    ]);
  });

  it("continues long lists on the next lines", () => {
    const table = summaryTable([
      {
        stack: "production",
        cluster: "shop",
        host: "linux",
        features: ["cloudSecurityPosture", "dynamicInstrumentation", "networkPerformanceMonitoring", "sbom"],
        task: taskOf({ portMappings: tcp(8126) }),
        variables: ["cluster"],
      },
    ]);
    expect(table.split("\n")).toEqual([
      "STACK       CLUSTER  HOST   FEATURES                                       HOST PORTS  REQUIRED VARIABLES",
      "production  shop     linux  cloudSecurityPosture, dynamicInstrumentation,  8126/tcp    var.cluster",
      "                            networkPerformanceMonitoring, sbom",
    ]);
  });

  it("has only the header without stacks", () => {
    expect(summaryTable([])).toBe("STACK  CLUSTER  HOST  FEATURES  HOST PORTS  REQUIRED VARIABLES");
  });
});
