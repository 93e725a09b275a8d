import type { Log, Options } from "./options";

const TAGS = ["env", "service", "version"] as const;

/** The environment variables of unified service tagging, which the tracers read. */
export function tagEnvironment(options: Options) {
  return TAGS.flatMap((tag) => {
    const value = options[tag];
    return value === undefined ? [] : [{ name: `DD_${tag.toUpperCase()}`, value }];
  });
}

/** The Docker labels that the Agent reads: unified service tags, and Autodiscovery of logs and checks. */
export function labels(options: Options): Record<string, string> {
  const { logs, checks, service } = options;
  return {
    ...Object.fromEntries(
      TAGS.flatMap((tag) => {
        const value = options[tag];
        return value === undefined ? [] : [[`com.datadoghq.tags.${tag}`, value]];
      }),
    ),
    ...(logs && { "com.datadoghq.ad.logs": JSON.stringify([logConfiguration(logs, service)]) }),
    ...(checks && {
      "com.datadoghq.ad.checks": JSON.stringify(
        Object.fromEntries(
          Object.entries(checks).map(([name, { initConfig = {}, instances, logs: own }]) => [
            name,
            {
              init_config: initConfig,
              instances,
              logs: own?.map((log) => logConfiguration(log, service)),
            },
          ]),
        ),
      ),
    }),
  };
}

/** With the Agent's names. `JSON.stringify` drops undefined values. */
function logConfiguration({ source, service, tags, processingRules }: Log, ofContainer: string | undefined) {
  return {
    source,
    service: service ?? ofContainer,
    tags,
    log_processing_rules: processingRules?.map(({ type, name, pattern, replacePlaceholder }) => ({
      type,
      name,
      pattern,
      replace_placeholder: replacePlaceholder,
    })),
  };
}
