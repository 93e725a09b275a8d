// Measures `terraform plan`, compared with an equivalent of Datadog's module. Runs offline: a local server answers the
// provider's question for the account ID.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { API_KEY_SECRET, configuration, moduleConfiguration, together } from "./configurations.mjs";
import { cpuTime, reasonOf, run } from "./measure.mjs";

const SIZES = [
  { count: 50, goal: 0.38 },
  { count: 200, goal: 0.17 },
];

/** @param root the repository; @param scratch a temporary folder */
export function terraformRows(root, scratch) {
  const terraform = new Terraform(join(scratch, "terraform"));
  const app = (folder, yaml) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "clusters.yaml"), yaml);
    return run({ argv: [process.execPath, join(root, "dist/main.js")], cwd: folder });
  };
  const row = (name, what, goal, against, folders) => ({
    name,
    what,
    goal,
    against,
    unavailable: async () => (await terraform.missing()) ?? (await prepared(folders, terraform)),
    ours: () => terraform.plan(folders.ours.folder),
    theirs: () => terraform.plan(folders.theirs.folder),
  });
  const vendors = (folder, module) => () => terraform.root(folder, module, join(root, "bench/vendor-module"));
  const at = (name) => join(scratch, "terraform", name);

  return [
    ...SIZES.map(({ count, goal }) => {
      const folder = at(`clusters-${count}`);
      return row(
        `plan-${count}`,
        `plan of ${count} clusters in one stack that share roles`,
        goal,
        `${count} blocks of the vendor's module`,
        {
          ours: {
            folder: join(folder, "cdktf.out/stacks/all"),
            write: async () => {
              await app(folder, configuration(count, together));
              terraform.override(join(folder, "cdktf.out/stacks/all"));
            },
          },
          theirs: { folder: at(`blocks-${count}`), write: vendors(at(`blocks-${count}`), blocks(count)) },
        },
      );
    }),
    ...SIZES.map(({ count }) =>
      row(`module-${count}`, `plan of our module for each of ${count}`, 0.8, "the vendor's module for each", {
        ours: {
          folder: at(`ours-${count}`),
          write: async () => {
            const folder = at("module");
            await app(folder, moduleConfiguration());
            const module = {
              for_each: each(count),
              cluster: "${each.key}",
              api_key: { secrets_manager_arn: API_KEY_SECRET },
            };
            terraform.root(at(`ours-${count}`), { agent: module }, join(folder, "cdktf.out/modules/datadog-agent"));
          },
        },
        theirs: {
          folder: at(`theirs-${count}`),
          write: vendors(at(`theirs-${count}`), {
            agent: { for_each: each(count), ...vendorsVariables("${each.key}") },
          }),
        },
      }),
    ),
  ];
}

/** Writes and initializes both folders of a row. Returns the reason if that fails. */
async function prepared({ ours, theirs }, terraform) {
  try {
    for (const { folder, write } of [ours, theirs]) {
      await write();
      await terraform.init(folder);
    }
  } catch (error) {
    return reasonOf(error);
  }
}

const names = (count) => Array.from({ length: count }, (_, index) => `cluster-${index}`);
const each = (count) => `\${toset(${JSON.stringify(names(count))})}`;
const blocks = (count) => Object.fromEntries(names(count).map((name) => [name, vendorsVariables(name)]));
const vendorsVariables = (name) => ({
  family: name,
  cluster_arn: `arn:aws:ecs:eu-west-1:123456789012:cluster/${name}`,
  dd_api_key_secret: { arn: API_KEY_SECRET },
  dd_log_collection: { enabled: true },
});

/** Terraform with the AWS provider, which only calls STS for the account ID. */
class Terraform {
  #folder;
  #missing;
  #account;

  constructor(folder) {
    this.#folder = folder;
  }

  /** Looks for Terraform and the provider, once. TERRAFORM_PROVIDER_MIRROR may name a folder with the provider. */
  missing() {
    this.#missing ??= this.#look();
    return this.#missing;
  }

  async #look() {
    mkdirSync(this.#folder, { recursive: true });
    const mirror = process.env.TERRAFORM_PROVIDER_MIRROR;
    const from = mirror ? `filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }` : "direct {}";
    writeFileSync(join(this.#folder, "terraform.rc"), `provider_installation {\n  ${from}\n}\n`);
    if (spawnSync("terraform", ["version"]).status !== 0) return "Terraform is not on the PATH";
    this.#account = await accountServer();
    const probe = join(this.#folder, "probe");
    this.root(probe, {});
    try {
      await this.init(probe);
    } catch {
      return "Terraform can't install the provider hashicorp/aws (set TERRAFORM_PROVIDER_MIRROR to a mirror)";
    }
  }

  /** Writes a root module that calls a copy of a module. */
  root(folder, modules, source) {
    mkdirSync(folder, { recursive: true });
    if (source) cpSync(source, join(folder, "agent"), { recursive: true });
    const calls = Object.entries(modules).map(([name, variables]) => [name, { source: "./agent", ...variables }]);
    const text = JSON.stringify({
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" } } },
      ...(calls.length > 0 && { module: Object.fromEntries(calls) }),
    });
    writeFileSync(join(folder, "main.tf.json"), text);
    writeFileSync(join(folder, "provider.tf.json"), JSON.stringify({ provider: { aws: this.#provider() } }));
  }

  /** Makes the provider of a stack use the local account server. */
  override(folder) {
    writeFileSync(join(folder, "provider_override.tf.json"), JSON.stringify({ provider: { aws: this.#provider() } }));
  }

  #provider() {
    return {
      region: "eu-west-1",
      access_key: "bench",
      secret_key: "bench",
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: true,
      endpoints: [{ sts: this.#account }],
    };
  }

  init(folder) {
    return run(this.#command(folder, "init"));
  }

  plan(folder) {
    return cpuTime(this.#command(folder, "plan", "-refresh=false", "-lock=false"));
  }

  #command(folder, ...args) {
    const env = { TF_CLI_CONFIG_FILE: join(this.#folder, "terraform.rc"), TF_IN_AUTOMATION: "1" };
    return { argv: ["terraform", ...args, "-input=false", "-no-color"], cwd: folder, env };
  }
}

/** Starts a server that answers every request with an account ID, and returns its URL. Doesn't keep the process alive. */
function accountServer() {
  const answer = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/bench</Arn><UserId>bench</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/xml").end(answer));
  server.unref();
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`)),
  );
}
