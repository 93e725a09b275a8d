import type { Only } from "../core/feature";
import { COMMERCIAL_SITES, type Site } from "../core/sites";

/** @see https://docs.datadoghq.com/agent/remote_config/ */
export const noRemoteConfigurationForGovernment: Only<Site> = {
  only: COMMERCIAL_SITES,
  because: "Remote Configuration isn't available on Datadog's government sites",
};
