import { AGENT_CONTAINER } from "../../core/assemble";

/** The path of a container's facts. */
export const container = (name: string) => `containerDefinitions[${name}]`;

/** The path of the Agent's container. */
export const AGENT = container(AGENT_CONTAINER);

/** Prefix of the paths of the Agent's environment variables. */
export const VARIABLES = `${AGENT}.environment.`;
/** Prefix of the paths of the Agent's Docker labels. */
export const LABELS = `${AGENT}.dockerLabels.`;

/** The path of an environment variable of the Agent. */
export const variablePath = (name: string) => `${VARIABLES}${name}`;

/** Prefix of the paths of AWS tags. */
export const TAGS = "tags.";

/** The part of a path that names a container. */
export const CONTAINER_PATH = /^containerDefinitions\[.*?\]/;
