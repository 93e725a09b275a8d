import { constructName } from "../core/schema";
import { defineSetting } from "../core/setting";

export const stackName = constructName(
  "a stack name: 1 to 64 letters, digits, _ and -, starting with a letter or digit",
  /^[A-Za-z0-9][\w-]{0,63}$/,
);

export const name = defineSetting({
  summary: "Name of the stack, unique in the file",
  of: "cluster",
  schema: stackName,
  notInDefaults: "it names the stack",
  inCode: "it names the stack, its folder, and in a shared stack the addresses of the resources",
  notImported: "a task definition has no stack; the imported one is named datadog-agent",
});
