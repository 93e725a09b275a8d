import * as z from "zod";
import * as arn from "../core/arn";
import { key, text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from, has, not } from "../core/term";

export const secrets = defineSetting({
  summary:
    "Secrets of the Agent's container, by variable name: the ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter",
  of: "daemon",
  schema: z
    .record(
      key("a variable name: letters, digits and _, not starting with a digit", /^[A-Za-z_][A-Za-z0-9_]*$/),
      text(
        "the full ARN of a Secrets Manager secret, optionally with `:json-key::`, or the ARN or name of an SSM parameter",
        arn.SECRET_REFERENCE,
      ),
    )
    .default({}),
  shapesRoles: true,
  contribution: { secrets: from("secrets") },
  rules: [
    {
      at: "secrets.DD_API_KEY",
      holds: not(has("secrets", "DD_API_KEY")),
      must: "can't be set here: `apiKey` passes it to the Agent.",
    },
  ],
});
