import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { formatPath } from "../../lib/core/problem";
import { agentTaskOf } from "../support/task";

const query = { type: "memberOf", expression: "attribute:a == b" } as const;
const noQuery = { type: "distinctInstance" } as const;

const refusedAt = (placementConstraints: unknown) =>
  (check(catalog, catalog.schemas.cluster, { name: "a", placementConstraints }).problems ?? []).map(({ path }) =>
    formatPath(path),
  );

describe("placement constraints", () => {
  it("are refused item by item", () => {
    expect(refusedAt([query, { type: "memberOf" }, noQuery, { ...query, type: "distinctInstance" }])).toEqual([
      "placementConstraints[1]",
      "placementConstraints[3]",
    ]);
    expect(refusedAt([])).toEqual([]);
  });

  it("aren't checked by the rules if the schema refuses one", () => {
    expect(refusedAt([{ type: "memberOf" }, { type: "spread" }])).toEqual(["placementConstraints[1].type"]);
  });

  it("become constraints of the service, without empty fields", () => {
    expect(agentTaskOf({ placementConstraints: [query, noQuery] }).service.placementConstraints).toStrictEqual([
      { type: "memberOf", expression: "attribute:a == b" },
      { type: "distinctInstance" },
    ]);
    expect(agentTaskOf({}).service).not.toHaveProperty("placementConstraints");
  });
});
