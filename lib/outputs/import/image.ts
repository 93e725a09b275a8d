import { FLAVORS, type Image, imageReference } from "../../core/image";
import { type Facts } from "./facts";
import { AGENT } from "./paths";

/** The path of the Agent's image. */
export const IMAGE = `${AGENT}.image`;

/** Matches images of the Agent: Datadog's repositories, and mirrors with the same name. */
export const AGENT_IMAGE = /(?:^|[/.])datadog(?:hq)?(?:\.com)?[/-]agent(?=[:@]|$)/;

/**
 * Parses an image reference.
 * @see lib/core/image.ts for the flavor in a tag
 */
export function imageOf(reference: string): Partial<Image> | undefined {
  const [, repository, tag, digest] = /^(.+?)(?::(\w[\w.-]*))?(?:@(.+))?$/.exec(reference) ?? [];
  if (repository === undefined) return undefined;
  if (digest !== undefined) return { repository, digest };
  const [, version = "", suffix = ""] = /^(.+?)-((?:full|fips|jmx)(?:-jmx)?)$/.exec(tag ?? "") ?? [];
  const flavor = FLAVORS.find((each) => each === suffix);
  const flavored = { repository, tag: version, flavor };
  return flavor !== undefined && imageReference(flavored) === reference
    ? flavored
    : { repository, tag: tag ?? "latest" };
}

/** The image, for checks of the Agent's version. A custom image counts as latest, because its tag isn't the version. */
export function runningImage(original: Facts): Image {
  const { text = "", secret = true } = original.get(IMAGE) ?? {};
  const image = { repository: "", tag: "latest", ...(secret || !AGENT_IMAGE.test(text) ? {} : imageOf(text)) };
  // Agent 6 had the same releases as Agent 7, with Python 2.
  return { ...image, tag: image.tag.replace(/^6\./, "7.") };
}
