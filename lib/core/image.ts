/** The Agent's image. Its flavors are suffixes of the tag. */

/** `major.minor` */
export type AgentVersion = `${number}.${number}`;

/**
 * The parts of a flavor, in the order of a tag: `7-fips-jmx`, `7.78.0-fips-full`.
 * @see https://github.com/DataDog/helm-charts/blob/main/charts/datadog/templates/_helpers.tpl, "image-path"
 */
export const FLAVOR_PARTS = ["fips", "full", "jmx"] as const;
export type FlavorPart = (typeof FLAVOR_PARTS)[number];

/**
 * The flavors that Datadog publishes: with Java for JMX checks, full, and with FIPS cryptography.
 * @see https://docs.datadoghq.com/containers/docker/
 */
export const FLAVORS = ["jmx", "full", "fips", "fips-jmx", "fips-full"] as const;

/**
 * The first Agent version with an image `-fips-full`.
 * @see https://github.com/DataDog/helm-charts/blob/main/charts/datadog/templates/_helpers.tpl, "Guard"
 */
export const FULL_FIPS_SINCE: AgentVersion = "7.78";

export interface Image {
  readonly repository: string;
  readonly tag: string;
  readonly flavor?: (typeof FLAVORS)[number] | undefined;
  readonly digest?: string | undefined;
}

/** A tag that includes a flavor. */
export const FLAVORED_TAG = /-(?:jmx|full|fips)(?:-|$)/;

/** Whether an image's flavor has this part. */
export function hasFlavor({ flavor }: Pick<Image, "flavor">, part: FlavorPart): boolean {
  return flavor?.split("-").includes(part) === true;
}

/**
 * The image reference for ECS.
 * @param wanted flavor parts that features need, in addition to the configured flavor
 */
export function imageReference(image: Image, wanted: readonly FlavorPart[] = []): string {
  const { repository, tag, digest } = image;
  if (digest !== undefined) return `${repository}@${digest}`;
  const parts = FLAVOR_PARTS.filter((part) => hasFlavor(image, part) || wanted.includes(part));
  // There is no `latest-fips`; `7-fips` is the newest.
  const version = tag === "latest" && parts.includes("fips") ? "7" : tag;
  return `${repository}:${[version, ...parts].join("-")}`;
}

/** The version that a tag pins; undefined for `latest`, a major version, a custom tag and a digest. */
export function pinnedVersion({ tag, digest }: Image): readonly [major: number, minor: number] | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(tag) ?? [];
  return digest === undefined && major !== undefined ? [Number(major), Number(minor)] : undefined;
}

/** Whether the image is known to be older than a version. */
export function isOlder(image: Image, version: AgentVersion): boolean {
  const pinned = pinnedVersion(image);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return pinned !== undefined && (pinned[0] < major || (pinned[0] === major && pinned[1] < minor));
}
