import * as arn from "../core/arn";
import { defineSetting } from "../core/setting";
import { from, given, when } from "../core/term";

export const repositoryCredentials = defineSetting({
  summary: "ARN of the Secrets Manager secret with the credentials of the private registry of the Agent's image",
  of: "daemon",
  schema: arn.arnText("the full ARN of a Secrets Manager secret", arn.SECRET).optional(),
  shapesRoles: true,
  container: {
    repositoryCredentials: when(given("repositoryCredentials"), {
      credentialsParameter: from("repositoryCredentials"),
    }),
  },
});
