import { isNameOfSecret, mayBeSecret } from "../../lib/core/secrets";

/** In two parts, so that secret scanners don't report the samples. */
const token = (start: string, rest: string) => start + rest;
const KEY = "0123456789abcdef0123456789ABCDEF";
const RANDOM = "wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLEKEYZ";

/** Secrets by their form, under any name. */
const SECRETS: readonly (readonly [what: string, text: string])[] = [
  ["a key", KEY],
  ["a key within text", `key ${KEY};`],
  ["a longer key", `${KEY}01234567`],
  ["user and password in a URL", "http://user:hunter2@proxy:3128"],
  ["user and password in a URL within text", "curl -f https://user:hunter2@host/health || exit 1"],
  ["a password with a slash in a URL", "http://user:hunt/er2@proxy"],
  ["a password with an at sign in a URL", "http://user:hunt@er2@proxy"],
  ["a password that begins with a slash in a URL", "http://user:/hunter2@proxy"],
  ["a password without a user in a URL", "http://:hunter2@proxy"],
  ["a token as the user of a URL", "https://hunter2hunter2@github.com/repository"],
  ["a URL of another scheme", "postgresql://user:hunter2@db/name"],
  ["user and password without a scheme", "user:hunter2@proxy:3128"],
  ["user and password without a scheme in a list", "localhost user:hunter2@proxy"],
  ["a token in a query", "https://host/path?a=b&token=hunter2"],
  ["a signature in a query", "https://bucket.s3.amazonaws.com/x?X-Amz-Signature=hunter2"],
  ["a password in a command", "mysql --password=hunter2"],
  ["a variable with a password", "DB_PASSWORD=hunter2"],
  ["a key in JSON", '{ "api_key": "hunter2" }'],
  ["a header", "Authorization: Basic aHVudGVyMg=="],
  ["a bearer's token", "bearer hunter2hunter2"],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----"],
  ["a JSON Web Token", token("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln")],
  ["an access key of AWS", token("AKIA", "IOSFODNN7EXAMPLE")],
  ["a temporary access key of AWS", token("ASIA", "IOSFODNN7EXAMPLE")],
  ["a secret access key of AWS", RANDOM],
  ["a secret access key of AWS with slashes", RANDOM.replace("7K7", "/K7")],
  ["a session token of AWS", `IQoJb3${RANDOM}${RANDOM}${RANDOM}==`],
  ["a token of GitHub", token("ghp_", "16C7e42F292c6912E7710c838347Ae178B4a")],
  ["a fine-grained token of GitHub", token("github_pat_", "11ABCDEFG0abcdefghij")],
  ["a token of GitLab", token("glpat-", "hunter2hunter2hunter")],
  ["a token of Slack", token("xoxb-", "123456789012-hunter2")],
  ["a webhook of Slack", "https://hooks.slack.com/services/T0/B0/hunter2"],
  ["a key of Stripe", token("sk_live_", "hunter2hunter2")],
  ["a key of OpenAI", token("sk-", "proj-Hunter2hunter2")],
  ["a key of Google", token("AIza", "SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe")],
  ["a token of npm", token("npm_", "hunter2hunter2hunter2hunter2hunter2h")],
  ["a token of Vault", token("hvs.", "CAESIhunter2hunter2")],
  ["a token of HCP Terraform", token("hunter2hunter2", ".atlasv1.hunter2")],
];

/** Values that look similar to secrets. */
const HARMLESS: readonly (readonly [what: string, text: string])[] = [
  ["a word", "production"],
  ["31 digits", KEY.slice(1)],
  ["a name that begins like a key of OpenAI", "sk-central-west-1"],
  ["an image with a digest", `public.ecr.aws/datadog/agent:7@sha256:${"0".repeat(64)}`],
  ["an image of a registry with a port", `localhost:5000/datadog/agent:7@sha256:${"0".repeat(64)}`],
  ["a URL with a port", "http://proxy.example:3128/"],
  ["a URL with an at sign in its path", "http://proxy:3128/a@b"],
  ["a scope of npm", "https://registry.npmjs.org/@datadog/pprof"],
  ["a repository's address", "ssh://git@github.com/DataDog/datadog-agent"],
  ["an address for mail", "me@example.com"],
  ["an ARN of a secret whose name has an at sign", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:me@x-AbCdEf"],
  ["an ARN of a KMS key", "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"],
  [
    "an ARN with a role's long name",
    "arn:aws:iam::123456789012:role/ProductionStack-DatadogAgentTaskDefinitionTaskRole4A1B2C3D",
  ],
  ["a query of placement", "attribute:datadog-key == true"],
  ["a container filter", "image:^public.ecr.aws/datadog/"],
  ["container filters with at signs", "name:agent image:agent@sha256:0 kube_namespace:a@b"],
  ["a task definition's name", "task-definition-for-the-agents"],
  ["a long path", "/var/lib/docker/containers/and/so/on/and/so/forth"],
  ["a long family", "production-datadog-agent-task-definition-of-the-shop-2024"],
  ["a network", "10.0.0.0/8"],
];

describe("mayBeSecret", () => {
  it.each(SECRETS)("is true for %s, also within text", (_what, text) => {
    expect([text, `before ${text}`, `${text} behind`].filter((each) => !mayBeSecret(each))).toEqual([]);
  });

  it("is true for a value whose name is a secret", () => {
    expect(mayBeSecret("x", KEY)).toBe(true);
    expect(mayBeSecret("x", RANDOM)).toBe(true);
  });

  it.each(HARMLESS)("is false for %s", (_what, text) => {
    expect(mayBeSecret(text)).toBe(false);
    expect(mayBeSecret(text, "DD_ENV")).toBe(false);
  });

  it("is false for tags in the form of a user and a password", () => {
    expect(mayBeSecret("owner:me@example.com env:production", "DD_TAGS")).toBe(false);
    expect(mayBeSecret("owner:me@example.com env:production", "DD_PROXY")).toBe(true);
    expect(mayBeSecret(`env:${KEY}`, "DD_TAGS")).toBe(true);
  });

  it.each([
    ["DD_API_KEY", "1", true],
    ["DD_APP_KEY", "true", true],
    ["DB_PASSWORD", "hunter2", true],
    ["DB_PASSWORD", "60", false],
    ["USE_TOKEN", "true", false],
  ])("is, for what is named %s and says %j, %p", (name, text, expected) => {
    expect(mayBeSecret(text, name)).toBe(expected);
  });
});

describe("isNameOfSecret", () => {
  it.each([
    "TOKEN",
    "api_key",
    "apiKey",
    "accessKey",
    "dbPassword",
    "db.password",
    "MY_SECRET_THING",
    "tls-passphrase",
    "DB_PWD",
    "aws_credentials",
    "AWS_SECRET_ACCESS_KEY",
  ])("is so for %s", (name) => {
    expect(isNameOfSecret(name)).toBe(true);
  });

  it.each(["", "key", "kmsKeyArn", "kmsKeyId", "KEYBOARD", "PWD", "tokenizer", "secretary", "DD_ENV", "passport"])(
    "isn't so for %j",
    (name) => {
      expect(isNameOfSecret(name)).toBe(false);
    },
  );
});
