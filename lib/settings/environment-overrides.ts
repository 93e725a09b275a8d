import { defineSetting } from "../core/setting";
import { forbiddenVariables, variables } from "./environment";

export const environmentOverrides = defineSetting({
  summary: "Environment variables of the Agent that override all other settings, even contradictory ones",
  of: "daemon",
  schema: variables,
  mayBeSecret: true,
  rules: forbiddenVariables("environmentOverrides"),
  inCode: "it overrides everything else",
});
