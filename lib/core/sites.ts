/**
 * Datadog sites, which receive the data.
 * @see https://docs.datadoghq.com/getting_started/site/
 */
export const COMMERCIAL_SITES = [
  "datadoghq.com",
  "us3.datadoghq.com",
  "us5.datadoghq.com",
  "datadoghq.eu",
  "ap1.datadoghq.com",
  "ap2.datadoghq.com",
  "uk1.datadoghq.com",
] as const;

/** Sites for the US government. Not all Datadog products are available there. */
export const GOVERNMENT_SITES = ["ddog-gov.com", "us2.ddog-gov.com"] as const;

export const SITES = [...COMMERCIAL_SITES, ...GOVERNMENT_SITES] as const;
export type Site = (typeof SITES)[number];
