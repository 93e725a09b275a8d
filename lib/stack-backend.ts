import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";

/** A backend that is rendered already: CDKTF's own classes lag behind Terraform's. */
export class StackBackend extends TerraformBackend {
  /** @param block the block of `terraform`, such as `{ backend: { s3: {…} } }` or `{ cloud: {…} }` */
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
    throw new Error("State of other stacks is not read.");
  }
}
