/**
 * Datadog's sites: where the data goes.
 * @see https://docs.datadoghq.com/getting_started/site/
 */
export const SITES = [
  "datadoghq.com",
  "us3.datadoghq.com",
  "us5.datadoghq.com",
  "datadoghq.eu",
  "ap1.datadoghq.com",
  "ap2.datadoghq.com",
  "uk1.datadoghq.com",
  "ddog-gov.com",
  "us2.ddog-gov.com",
] as const;
export type Site = (typeof SITES)[number];
