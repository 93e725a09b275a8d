/** The oldest Terraform version that supports the output, which has `import` blocks. */
export const TERRAFORM_VERSION = ">= 1.5.0";

/** A version constraint for a backend or feature that needs a newer Terraform. */
export const terraformVersion = (oldest: string) => `>= ${oldest}`;

/** Both major versions of the provider work, because teams may use either. */
export const AWS_PROVIDER = { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" };

/** The provider version that has write-only arguments, for secrets with an ephemeral variable. */
export const AWS_PROVIDER_WRITE_ONLY = { ...AWS_PROVIDER, version: ">= 5.90.0, < 7.0.0" };
