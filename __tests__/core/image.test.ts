import { FLAVORED_TAG, hasFlavor, type Image, imageReference, isOlder, pinnedVersion } from "../../lib/core/image";

const DIGEST = `sha256:${"0".repeat(64)}`;

const image = (parts: Partial<Image> = {}): Image => ({ repository: "registry.example/agent", tag: "7", ...parts });

describe("imageReference", () => {
  it.each<[string, Partial<Image>, Parameters<typeof imageReference>[1], string]>([
    ["only the tag", { tag: "7.60.0" }, [], ":7.60.0"],
    ["the newest", { tag: "latest" }, [], ":latest"],
    ["the image's flavor", { tag: "7.60.0", flavor: "jmx" }, [], ":7.60.0-jmx"],
    ["a flavor of the newest", { tag: "latest", flavor: "full" }, [], ":latest-full"],
    ["both flavors of the image", { flavor: "fips-jmx" }, [], ":7-fips-jmx"],
    ["the flavor that a feature needs", {}, ["fips"], ":7-fips"],
    ["fips before jmx", { flavor: "jmx" }, ["fips"], ":7-fips-jmx"],
    ["a flavor once that two features want", {}, ["fips", "fips"], ":7-fips"],
    ["a flavor once that the image has already", { flavor: "fips" }, ["fips"], ":7-fips"],
    // There is no `latest-fips`.
    ["the newest with FIPS as the vendor names it", { tag: "latest", flavor: "fips" }, [], ":7-fips"],
    ["the same for a feature", { tag: "latest" }, ["fips"], ":7-fips"],
    ["the same with another flavor", { tag: "latest", flavor: "jmx" }, ["fips"], ":7-fips-jmx"],
    ["the digest in place of the tag", { digest: DIGEST }, [], `@${DIGEST}`],
    ["the digest in place of every flavor", { flavor: "jmx", digest: DIGEST }, ["fips"], `@${DIGEST}`],
  ])("has %s", (_what, parts, wanted, expected) => {
    expect(imageReference(image(parts), wanted)).toBe(`registry.example/agent${expected}`);
  });

  it("works without flavors of features", () => {
    expect(imageReference(image())).toBe("registry.example/agent:7");
  });
});

describe("pinnedVersion", () => {
  it.each<[string, readonly [number, number] | undefined]>([
    ["7.60.0", [7, 60]],
    ["7.60", [7, 60]],
    ["7.9.1-jmx", [7, 9]],
    ["6.53.0", [6, 53]],
    ["10.100.0", [10, 100]],
    ["7", undefined],
    ["7-jmx", undefined],
    ["latest", undefined],
    ["v7.60.0", undefined],
    ["my-7.60.0", undefined],
  ])("of the tag %s is %j", (tag, expected) => {
    expect(pinnedVersion(image({ tag }))).toEqual(expected);
  });

  it("is unknown for a digest", () => {
    expect(pinnedVersion(image({ tag: "7.60.0", digest: DIGEST }))).toBeUndefined();
  });
});

describe("isOlder", () => {
  it.each<[string, Parameters<typeof isOlder>[1], boolean]>([
    ["7.59.9", "7.60", true],
    ["7.60.0", "7.60", false],
    ["7.61.0", "7.60", false],
    // Compares numbers, not characters.
    ["7.9.0", "7.46", true],
    ["7.100.0", "7.46", false],
    ["6.99.0", "7.46", true],
    ["8.0.0", "7.46", false],
    ["10.0.0", "7.46", false],
    ["7", "7.46", false],
    ["latest", "7.46", false],
  ])("has the tag %s as older than %s: %j", (tag, version, expected) => {
    expect(isOlder(image({ tag }), version)).toBe(expected);
  });

  it("is false for a digest", () => {
    expect(isOlder(image({ tag: "7.1.0", digest: DIGEST }), "7.46")).toBe(false);
  });
});

describe("hasFlavor", () => {
  it.each<[Image["flavor"], Parameters<typeof hasFlavor>[1], boolean]>([
    [undefined, "fips", false],
    ["jmx", "fips", false],
    ["full", "fips", false],
    ["fips", "fips", true],
    ["fips-jmx", "fips", true],
    ["fips-jmx", "jmx", true],
    ["fips-jmx", "full", false],
    ["full", "full", true],
    ["full", "jmx", false],
  ])("has in %s the flavor %s: %j", (flavor, part, expected) => {
    expect(hasFlavor({ flavor }, part)).toBe(expected);
  });
});

describe("FLAVORED_TAG", () => {
  it.each([
    ["7-jmx", true],
    ["7.60.0-full", true],
    ["7-fips", true],
    ["7-fips-jmx", true],
    ["7.60.0-rc.1-jmx", true],
    ["7-jmx-mine", true],
    ["latest", false],
    ["7.60.0", false],
    ["7.60.0-rc.1", false],
    ["7-fipsish", false],
    ["7-fuller", false],
    ["jmx", false],
    ["7.jmx", false],
  ])("takes the tag %s for one with a flavor: %j", (tag, expected) => {
    expect(FLAVORED_TAG.test(tag)).toBe(expected);
  });
});
