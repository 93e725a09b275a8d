import * as z from "zod";
import { withHints } from "../core/hints";
import { FLAVORED_TAG, FLAVORS } from "../core/image";
import { oneOf, text } from "../core/schema";
import { mayBeSecret } from "../core/secrets";
import { defineSetting } from "../core/setting";
import { agentBefore, and, equals, given, implies, matches, not, when } from "../core/term";

/** The map to write for an image reference. */
function suggestedImage(given: unknown): string | undefined {
  const reference = typeof given === "string" && !mayBeSecret(given) ? given : "";
  const [, repository = "", tag, digest] =
    /^([a-z0-9][a-z0-9.:_/-]*?)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference) ?? [];
  if (repository === "") return undefined;
  const parts = { repository, ...(tag !== undefined && { tag: `"${tag}"` }), ...(digest !== undefined && { digest }) };
  return `Write image: { ${Object.entries(parts)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }.`;
}

export const image = defineSetting({
  summary: "Container image of the Agent",
  of: "daemon",
  schema: withHints(
    z.strictObject({
      repository: text(
        "an image repository without tag or digest, such as public.ecr.aws/datadog/agent",
        /^(?:[a-z0-9][a-z0-9.-]*(?::[0-9]+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/,
      )
        .default("public.ecr.aws/datadog/agent")
        .describe("Image repository; GovCloud and China have no ECR Public, so mirror the image there"),
      tag: text("an image tag: letters, digits and _ . -, at most 128", /^\w[\w.-]{0,127}$/)
        .default("latest")
        .describe("Image tag"),
      flavor: oneOf(FLAVORS)
        .optional()
        .describe(
          "Image flavor, a suffix of the tag: jmx has Java for JMX checks, full has everything, fips has FIPS cryptography; some can be combined",
        ),
      digest: text("an image digest: sha256: and 64 hexadecimal digits", /^sha256:[0-9a-f]{64}$/)
        .optional()
        .describe("Image digest; replaces the tag"),
    }),
    { value: suggestedImage },
  ).prefault({}),
  rules: [
    {
      at: "image.flavor",
      holds: not(and(given("image.flavor"), given("image.digest"))),
      must: "can't be combined with `image.digest`: the digest replaces the tag and its flavor.",
    },
    {
      at: "image.tag",
      holds: implies(given("image.flavor"), not(matches("image.tag", FLAVORED_TAG))),
      must: "must be a version without a flavor, since `image.flavor` adds one, got {image.tag}.",
    },
  ],
  contribution: {
    fallback: {
      // Older Agents use IMDSv1, which many accounts turn off.
      // https://docs.datadoghq.com/integrations/guide/aws-integration-troubleshooting/
      DD_EC2_PREFER_IMDSV2: when(and(agentBefore("7.64"), equals("launchType", "EC2")), "true"),
    },
  },
  inCode: "features add flavors to the tag",
});
