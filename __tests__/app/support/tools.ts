import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Stand-ins for the programs that the documentation's commands call, other than this project's: they check what can be
 * checked without a network and an account. Everything else is what it is.
 */
const TOOLS: Readonly<Record<string, string>> = {
  // Files that are named exist. Where the AWS CLI is installed, it checks the options before it asks a service, which is
  // not there.
  aws: `for argument; do
  case "$argument" in file://*) test -s "\${argument#file://}" || { echo "There is no $argument" >&2; exit 1; };; esac
done
case "$*" in *describe-task-definition*) cat "$TASK_DEFINITION"; exit;; esac
test -n "$REAL_AWS" || exit 0
said=$(AWS_MAX_ATTEMPTS=1 "$REAL_AWS" "$@" --endpoint-url http://127.0.0.1:9 2>&1) || true
case "$said" in *"Could not connect"*) ;; *) echo "$said" >&2; exit 1;; esac`,
  // It runs where there is something to run.
  terraform: `test -f cdk.tf.json || test -f main.tf || { echo "There is no configuration in $PWD" >&2; exit 1; }`,
  // Stacks that are named exist.
  npx: `test "$1" = cdktf || { echo "Not known: npx $*" >&2; exit 1; }
command=$2
shift 2
case "$command" in diff|deploy|destroy) ;; *) echo "Not known: cdktf $command" >&2; exit 1;; esac
for stack; do
  case "$stack" in -*|'*') ;; *) test -f "cdktf.out/stacks/$stack/cdk.tf.json" || exit 1;; esac
done`,
  // What installs, tests or packs is tested elsewhere.
  npm: `case "$1" in
  ci|test|pack) test $# = 1;;
  install) test "$3" = "./$PACKAGE_FILE";;
  *) exec "$REAL_NPM" "$@";;
esac`,
  "datadog-agent-ecs": `exec node "$PROJECT/scripts/start.cjs" "$@"`,
};

/** Writes the programs to a folder, and gives the environment in which they come first. */
export function installTools(folder: string, environment: Readonly<Record<string, string>>): Record<string, string> {
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ ...TOOLS, tofu: TOOLS.terraform ?? "" })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { ...environment, PATH: `${folder}${delimiter}${process.env.PATH}` };
}
