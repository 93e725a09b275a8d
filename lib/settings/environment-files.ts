import * as z from "zod";
import * as arn from "../core/arn";
import { defineSetting } from "../core/setting";
import { each, empty, from, item, not, when } from "../core/term";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html */
export const environmentFiles = defineSetting({
  summary: "S3 files with additional environment variables of the Agent; `environment` and features override them",
  of: "daemon",
  schema: z
    .array(arn.arnText("the ARN of an S3 object whose name ends in .env", arn.ENVIRONMENT_FILE))
    .max(10, { error: "must have at most 10 files (ECS's limit)" })
    .default([]),
  shapesRoles: true,
  container: {
    environmentFiles: when(
      not(empty("environmentFiles")),
      each(from("environmentFiles"), { type: "s3", value: item() }),
    ),
  },
});
