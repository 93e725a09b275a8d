import { APM_PORT } from "../features/apm";

/** Identifies the entry point that this package adds. */
const FIRST_LINE = "# Finds the Datadog Agent of this instance, then starts the application.";

/**
 * Finds the instance's private address in the instance metadata (IMDSv2) or in ECS's container metadata file. Command
 * substitutions run in subshells, so a variable of the application such as `token` isn't overwritten. The script must not
 * contain `${` or `%{`, because strings of a task are Terraform templates.
 */
const FIND_ADDRESS = String.raw`from_instance_metadata() {
  imds=http://169.254.169.254/latest
  ttl='X-aws-ec2-metadata-token-ttl-seconds: 60'
  if command -v curl >/dev/null; then
    token=$(curl -q -sf --noproxy '*' -m 2 -X PUT -H "$ttl" $imds/api/token) || return
    curl -q -sf --noproxy '*' -m 2 -H "X-aws-ec2-metadata-token: $token" $imds/meta-data/local-ipv4
  else
    token=$(wget -q -O - -T 2 -t 1 --no-proxy --method=PUT --header="$ttl" $imds/api/token) || return
    wget -q -O - -T 2 -t 1 --no-proxy --header="X-aws-ec2-metadata-token: $token" $imds/meta-data/local-ipv4
  fi
}
from_container_metadata() {
  [ -n "$ECS_CONTAINER_METADATA_FILE" ] || return
  for seconds in 0 1 1 1 1; do
    sleep $seconds
    if [ -n "$(sed -n '/"MetadataFileStatus": *"READY"/p' "$ECS_CONTAINER_METADATA_FILE")" ]; then
      sed -n 's/.*"HostPrivateIPv4Address": *"\([0-9.]*\)".*/\1/p' "$ECS_CONTAINER_METADATA_FILE"
      return
    fi
  done
}
find_address() {
  for source in from_instance_metadata from_container_metadata; do
    address=$($source 2>/dev/null)
    case $address in
      '' | *[!0-9.]*) ;;
      *) echo "$address"; return ;;
    esac
  done
}`;

const TRACE_URL = `    [ -n "$DD_TRACE_AGENT_URL" ] || export DD_TRACE_AGENT_URL="http://$DD_AGENT_HOST:${APM_PORT}"\n`;

/**
 * A POSIX shell script that sets `DD_AGENT_HOST` to the instance's address and then runs its arguments, the application's
 * command, with `exec`. Keeps a `DD_AGENT_HOST` or `DD_TRACE_AGENT_URL` that is already set.
 * @param traces whether the Agent receives traces at the instance's address
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/metadata-file-format.html
 */
function addressScript(traces: boolean): string {
  return `${FIRST_LINE}
${FIND_ADDRESS}
if [ -z "$DD_AGENT_HOST" ]; then
  DD_AGENT_HOST=$(find_address)
  if [ -n "$DD_AGENT_HOST" ]; then
    export DD_AGENT_HOST
${traces ? TRACE_URL : ""}  else
    echo "datadog: the address of this instance is unknown, so DD_AGENT_HOST is not set. The instance metadata needs" \\
      "curl or GNU wget in the image and a hop limit of 2 or more; the container metadata file needs" \\
      "ECS_ENABLE_CONTAINER_METADATA=true on the instance." >&2
  fi
fi
exec "$@"`;
}

/** The entry point that runs the script. The container's `command` is the application's command. */
export function addressEntryPoint(traces: boolean): string[] {
  // The last element is `$0`. Without it, the first word of the application's command would become `$0`.
  return ["sh", "-c", addressScript(traces), "datadog"];
}

/** Whether {@link addressEntryPoint} created an entry point. */
export function isAddressEntryPoint(entryPoint: readonly string[]): boolean {
  const [shell, option, script = "", name] = entryPoint;
  return shell === "sh" && option === "-c" && script.startsWith(`${FIRST_LINE}\n`) && name === "datadog";
}
