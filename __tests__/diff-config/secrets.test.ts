import { mayBeSecret, shownText } from "../../lib/diff-config/secrets";

const KEY = "0123456789abcdef0123456789ABCDEF";

describe("mayBeSecret", () => {
  it.each<[what: string, text: string, name: string]>([
    ["a key", KEY, ""],
    ["a key within text", `key=${KEY};`, ""],
    ["a key as a name", "x", KEY],
    ["a longer key", `${KEY}01234567`, ""],
    ["a password in a URL", "http://user:password@proxy:3128", ""],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----", ""],
    ["the API key, whatever it is", "<YOUR_API_KEY>", "DD_API_KEY"],
    ["the API key, even of digits", "1", "DD_API_KEY"],
    ["an application key", "x", "DD_APP_KEY"],
    ["a password", "hunter2", "DB_PASSWORD"],
    ["a token", "hunter2", "TOKEN"],
    ["a secret among words", "hunter2", "MY_SECRET_THING"],
  ])("is so for %s", (_what, text, name) => {
    expect(mayBeSecret(text, name)).toBe(true);
  });

  it.each<[what: string, text: string, name: string]>([
    ["plain text", "production", "DD_ENV"],
    ["a number of seconds", "60", "KEY_REFRESH"],
    ["a switch", "true", "USE_TOKEN"],
    ["an image with a digest", `agent@sha256:${"0".repeat(64)}`, ""],
    ["31 digits", KEY.slice(1), ""],
    ["a word that only begins alike", "x", "KEYBOARD"],
    ["a URL", "http://proxy:3128/a@b", ""],
  ])("isn't so for %s", (_what, text, name) => {
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
    ["", "an empty text"],
  ])("shows %j", (text, shown) => {
    expect(shownText(text)).toBe(shown);
  });
});
