import * as z from "zod";
import { integer, oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, atMost, each, every, from, item, itemPath, not, oneOf as isOneOf, or } from "../core/term";

const [container, host] = [itemPath("containerPort"), itemPath("hostPort")];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export const ports = defineSetting({
  summary:
    "Additional ports of the Agent's container, such as its health port, or other host ports for the ports of features",
  of: "daemon",
  schema: z
    .array(
      z.strictObject({
        containerPort: integer(1, 65_535).describe("Port that the Agent listens on"),
        hostPort: integer(0, 65_535)
          .optional()
          .describe("Port on the instance; by default the same, 0 for a dynamic port"),
        protocol: oneOf(["tcp", "udp"]).default("tcp").describe("Protocol of the port"),
      }),
    )
    .default([]),
  rules: [
    {
      at: "ports",
      holds: every(
        "ports",
        or(not(isOneOf("networkMode", ["host", "awsvpc"])), and(atMost(container, host), atMost(host, container))),
      ),
      must: "must have a `hostPort` equal to `containerPort`, or none, with `networkMode` {networkMode}.",
    },
  ],
  contribution: {
    ports: each(from("ports"), {
      containerPort: item("containerPort"),
      hostPort: item("hostPort"),
      protocol: item("protocol"),
    }),
  },
});
