/** The Agent's image: its flavors are suffixes of the tag. */

/** `major.minor` */
export type AgentVersion = `${number}.${number}`;

/** The flavors in the order in which a tag has them. */
export const FLAVOR_PARTS = ["full", "fips", "jmx"] as const;
export type FlavorPart = (typeof FLAVOR_PARTS)[number];

/**
 * The flavors that the vendor publishes: with a Java runtime for JMX checks, with everything, with FIPS cryptography.
 * @see https://docs.datadoghq.com/containers/docker/
 */
export const FLAVORS = ["jmx", "full", "fips", "fips-jmx"] as const;

export interface Image {
  readonly repository: string;
  readonly tag: string;
  readonly flavor?: (typeof FLAVORS)[number] | undefined;
  readonly digest?: string | undefined;
}

/** A tag that has a flavor already. */
export const FLAVORED_TAG = /-(?:jmx|full|fips)(?:-|$)/;

/** Whether an image is of a flavor. */
export function hasFlavor({ flavor }: Pick<Image, "flavor">, part: FlavorPart): boolean {
  return flavor?.split("-").includes(part) === true;
}

/**
 * The image as ECS takes it.
 * @param wanted flavors that features need beside the image's own
 */
export function imageReference(image: Image, wanted: readonly FlavorPart[] = []): string {
  const { repository, tag, digest } = image;
  if (digest !== undefined) return `${repository}@${digest}`;
  const parts = FLAVOR_PARTS.filter((part) => hasFlavor(image, part) || wanted.includes(part));
  // The vendor has no `latest-fips`; the newest is `7-fips`.
  const version = tag === "latest" && parts.includes("fips") ? "7" : tag;
  return `${repository}:${[version, ...parts].join("-")}`;
}

/** The version that a tag pins; undefined for `latest`, a major alone, a tag of one's own, and a digest. */
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
