import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";

/** A backend from a ready-made `terraform` block: CDKTF's backend classes don't have all arguments. */
export class StackBackend extends TerraformBackend {
  /** @param block content of the `terraform` block, such as `{ backend: { s3: {…} } }` or `{ cloud: {…} }` */
  constructor(
    scope: Construct,
    private readonly block: Readonly<Record<string, unknown>>,
  ) {
    const [[key, kinds] = ["", {}]] = Object.entries(block);
    super(scope, "backend", key === "backend" ? (Object.keys(kinds as object)[0] ?? "") : key);
  }

  override toTerraform(): object {
    return { terraform: this.block };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error("Reading the state of another stack isn't supported.");
  }
}
