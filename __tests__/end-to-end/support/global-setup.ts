import makeBundle from "../../support/bundle";
import { findTools } from "./tools";

/** Runs once before all tests. */
export default function globalSetup(): void {
  makeBundle();
  findTools();
  // Only the tests use the SDK, so its warning about future Node.js versions doesn't matter.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
}
