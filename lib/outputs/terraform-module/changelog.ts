import { VERSION } from "../../version";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";

/** The version that generated the module, and the changes that callers notice. */
export const CHANGELOG = `# Changelog

The version is the version of datadog-agent-ecs that generated this module. See its changelog for all changes.

## ${VERSION}

- Requires Terraform ${TERRAFORM_VERSION} and ${AWS_PROVIDER.source} ${AWS_PROVIDER.version}.
- \`features\` maps each feature to \`true\`, \`false\`, \`null\` or a map of options. Unknown features and options are errors.
- The outputs are \`enabled_features\`, \`agent\` and \`applications\`.
`;
