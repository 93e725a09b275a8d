/**
 * What may be a secret. Errors don't show it and `import` doesn't copy it. When in doubt, hide: a shown secret ends up
 * in the logs of a pipeline.
 */

/** Anything that could be an API or application key. */
export const LIKE_A_KEY = /[0-9a-f]{32}/i;

/** The digest of an image. It has the form of a key, but is not a secret. */
export const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** Names of passwords and similar values. */
const SECRET_NAME =
  /(?:^|[_.-])(?:\w*KEY|TOKEN|PASS|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL)S?(?:[_.-]|$)|[_.-]PWD(?:[_.-]|$)/i;

/** Names of values that locate a secret, or configure how the Agent fetches secrets. */
const SECRET_LOCATION_NAME =
  /_(?:PATH|FILE|DIR|ARN)$|^DD_SECRET_BACKEND_(?:COMMAND|CONFIG|TYPE|TIMEOUT|OUTPUT_MAX_SIZE)$/i;

/**
 * A secret handle, which the Agent resolves with its secret backend.
 * @see https://docs.datadoghq.com/agent/configuration/secrets-management/
 */
const SECRET_HANDLE = /^ENC\[[^[\]]+\]$/;

/** Names of API and application keys. Their values are always secret. */
const KEY_NAME = /(?:API|APP|APPLICATION)_KEY$/i;

/** Keys of clusters.yaml and ECS that have such a name, but no secret value. */
const HARMLESS_NAMES: readonly string[] = ["key", "kmsKeyArn", "kmsKeyId", "repositoryCredentials"];

/** Values that can't be secrets: short numbers and booleans. */
const HARMLESS_VALUE = /^(?:true|false|\d{1,9})$/i;

/** `user:password@host`. Tags (`owner:me@example.com`), container filters and ARNs can have this form too. */
const USER_AND_PASSWORD =
  /(?:^|[\s,;])(?!arn:|image:|name:|kube_namespace:)[\w.~%+-]+:(?!\/\/|\d{1,5}\/)[^\s@,;]+@[A-Za-z0-9][\w.-]*(?=$|[:/\s,;])/;
const TAGS_NAME = /(?:^|_)TAGS$/;

/** Patterns of secrets anywhere in a text. */
const SECRET_PATTERNS: readonly RegExp[] = [
  LIKE_A_KEY,
  // User and password in a URL. The password can have slashes, but `:3128/` is a port and a path.
  /\/\/(?!git@)(?:[^\s/?#@]+@|[^\s/?#@:]*:(?!\d{1,5}[/?#])[^\s@]*@)/,
  // `token=…` in a URL, a command or JSON; `==` compares.
  /(?:KEY|TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|SIGNATURE|CREDENTIAL|AUTHORIZATION)S?["']?(?:\s*=(?!=)|:\s)\s*\S/i,
  // The same in JSON without spaces, unless it refers to a secret.
  /(?:KEY|TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL)S?":"(?!"|%%env_|ENC\[)/i,
  /\bBearer\s+\S{8}/i,
  // Private keys and JSON Web Tokens.
  /-----BEGIN |AGE-SECRET-KEY-/,
  /(?<![\w-])eyJ[\w-]{8,}\./,
  // AWS access key IDs, secret access keys and session tokens.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/,
  /(?<![\w/+=-])(?=[a-z0-9/+]*[A-Z])(?=[A-Z0-9/+]*[a-z])(?=[A-Za-z/+]*\d)(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+]{100,}={0,2})(?![\w/+=-])/,
  // Tokens of other vendors, by prefix.
  /(?<![A-Za-z0-9])(?:gh[oprsu]_|github_pat_|glpat-|xox[a-z]-|[rs]k_(?:live|test)_|sk-(?=[\w-]*[A-Z])|AIza|npm_|hv[bcrs]\.|dckr_pat_|ddpat_|ddapp_)[\w-]{8}/,
  /\.atlasv1\.|hooks\.slack\.com\/services\//,
];

/** Whether a text may be or contain a secret, by its form or by the name of its variable or key. */
export function mayBeSecret(text: string, name = ""): boolean {
  if (hasFormOfSecret(name) || hasFormOfSecret(text.replace(DIGEST, ""))) return true;
  if (!TAGS_NAME.test(name) && USER_AND_PASSWORD.test(text.replace(DIGEST, ""))) return true;
  if (SECRET_HANDLE.test(text) || SECRET_LOCATION_NAME.test(name)) return false;
  return KEY_NAME.test(name) || (isNameOfSecret(name) && !HARMLESS_VALUE.test(text));
}

/** Whether a name is that of a secret. `dbPassword` is the same as `db_password`. */
export function isNameOfSecret(name: string): boolean {
  return !HARMLESS_NAMES.includes(name) && SECRET_NAME.test(name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_"));
}

function hasFormOfSecret(text: string): boolean {
  return SECRET_PATTERNS.some((form) => form.test(text));
}
