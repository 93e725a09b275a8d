import { mayBeSecret, shownText } from "../../../lib/outputs/import/secrets";

const KEY = "0123456789abcdef0123456789ABCDEF";

describe("mayBeSecret", () => {
  it.each<[what: string, text: string, name: string]>([
    ["a key", KEY, ""],
    ["a key within text", `key=${KEY};`, ""],
    ["a key as a name", "x", KEY],
    ["a longer key", `${KEY}01234567`, ""],
    ["a password in a URL", "http://user:password@proxy:3128", ""],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----", ""],
    ["the API key, with any value", "<YOUR_API_KEY>", "DD_API_KEY"],
    ["the API key, even of digits", "1", "DD_API_KEY"],
    ["an application key", "x", "DD_APP_KEY"],
    ["a key in a handle", `ENC[${KEY}]`, "DD_APP_KEY"],
    ["a password of the secret backend", "x", "DD_SECRET_BACKEND_ARGUMENTS"],
    ["a token of a log driver", "x", "splunk-token"],
    ["a password", "hunter2", "DB_PASSWORD"],
    ["a token", "hunter2", "TOKEN"],
    ["a secret in a text", "hunter2", "MY_SECRET_THING"],
  ])("is true for %s", (_what, text, name) => {
    expect(mayBeSecret(text, name)).toBe(true);
  });

  it.each<[what: string, text: string, name: string]>([
    ["plain text", "production", "DD_ENV"],
    ["a number of seconds", "60", "KEY_REFRESH"],
    ["a switch", "true", "USE_TOKEN"],
    ["an image with a digest", `agent@sha256:${"0".repeat(64)}`, ""],
    ["31 digits", KEY.slice(1), ""],
    ["a handle of the secret backend", "ENC[datadog/api_key]", "DD_APP_KEY"],
    ["the path of a key", "/etc/agent.pem", "DD_TLS_KEY_PATH"],
    ["the command of the secret backend", "/usr/bin/secrets", "DD_SECRET_BACKEND_COMMAND"],
    ["the type of the secret backend", "aws.secrets", "DD_SECRET_BACKEND_TYPE"],
    ["a word with the same beginning", "x", "KEYBOARD"],
    ["a URL", "http://proxy:3128/a@b", ""],
  ])("is false for %s", (_what, text, name) => {
    expect(mayBeSecret(text, name)).toBe(false);
  });
});

describe("shownText", () => {
  it.each([
    ["a", '"a"'],
    ["a\nb", '"a\\nb"'],
    ["${x}", '"${x}"'],
    ["x".repeat(81), `"${"x".repeat(80)}…"`],
    [`arn:aws:iam::123456789012:role/${"x".repeat(80)}`, `"arn:aws:iam::123456789012:role/${"x".repeat(80)}"`],
    [`agent@sha256:${"0".repeat(64)}`, `"agent@sha256:${"0".repeat(64)}"`],
    ["<REPLACE var.api_key_secret_arn>", "var.api_key_secret_arn"],
    ["", "an empty string"],
  ])("shows %j", (text, shown) => {
    expect(shownText(text)).toBe(shown);
  });
});
