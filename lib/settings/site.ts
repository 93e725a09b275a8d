import { withHints } from "../core/hints";
import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { SITES } from "../core/sites";
import { from } from "../core/term";

/** The site for a URL or for a site name such as EU1. */
function suggestedSite(given: unknown): string | undefined {
  if (typeof given !== "string" || SITES.some((each) => each === given)) return undefined;
  const host = given
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/:].*$/, "");
  const byAddress = SITES.toSorted((a, b) => b.length - a.length).find(
    (each) => host === each || host.endsWith(`.${each}`),
  );
  const meant = byAddress ?? SITE_NAMES[host];
  return meant && `Write ${meant}.`;
}

/** Site names in Datadog's documentation. @see https://docs.datadoghq.com/getting_started/site/ */
const SITE_NAMES: Readonly<Record<string, (typeof SITES)[number]>> = {
  us: "datadoghq.com",
  us1: "datadoghq.com",
  us3: "us3.datadoghq.com",
  us5: "us5.datadoghq.com",
  eu: "datadoghq.eu",
  eu1: "datadoghq.eu",
  ap1: "ap1.datadoghq.com",
  ap2: "ap2.datadoghq.com",
  gov: "ddog-gov.com",
  "us1-fed": "ddog-gov.com",
};

export const site = defineSetting({
  summary: "Datadog site that receives the data",
  of: "daemon",
  schema: withHints(oneOf(SITES), { value: suggestedSite }).default("datadoghq.com"),
  contribution: { environment: { DD_SITE: from("site") } },
});
