import * as registry from "../../../lib/features";
import type * as subject from "../../../lib/handoff/terraform-module/example";
import { basicExample } from "../../../lib/handoff/terraform-module/example";
import type * as modules from "../../support/module";
import { moduleOf } from "../../support/module";
import { withFeatures } from "../../support/with-features";

type Entry = Parameters<typeof moduleOf>[0];

const { apm, dogstatsd, logs, processCollection, networkPerformanceMonitoring, fipsProxy } = registry;
const SOME = { apm, dogstatsd, logs, processCollection, networkPerformanceMonitoring, fipsProxy };

const main = (entry: Entry) =>
  withFeatures(SOME, () => {
    const example = jest.requireActual<typeof subject>("../../../lib/handoff/terraform-module/example");
    const support = jest.requireActual<typeof modules>("../../support/module");
    return example.basicExample(support.moduleOf(entry)).get("examples/basic/main.tf");
  });

describe("the example", () => {
  it("turns on what most people want, aligned as `terraform fmt` does", () => {
    expect(main({ host: "linux" })).toContain(`
module "datadog_agent" {
  source = "../.."

  cluster = var.cluster

  api_key = {
    secrets_manager_arn = var.api_key_secret_arn
  }

  features = {
    apm                = true
    dogstatsd          = true
    logs               = true
    process_collection = true
  }
}
`);
  });

  it("has no feature that the host lacks", () => {
    expect(main({ host: "windows" })).toContain(`
  features = {
    apm                = true
    dogstatsd          = true
    logs               = true
    process_collection = true
  }
`);
  });

  it("turns on nothing else, whatever there is", () => {
    const text = basicExample(moduleOf()).get("examples/basic/main.tf") ?? "";
    const on = [...text.matchAll(/^ {4}(\w+) += true$/gm)].map(([, name]) => name);
    expect(on).toEqual(["apm", "dogstatsd", "logs", "process_collection"]);
  });

  it("needs the versions of the module", () => {
    expect(basicExample(moduleOf()).get("examples/basic/versions.tf")).toBe(`terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.85.0, < 7.0.0"
    }
  }
}
`);
  });
});
