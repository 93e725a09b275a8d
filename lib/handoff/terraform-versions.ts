/** The Terraform that our output needs: what it is written in came with 1.5 or before. */
export const TERRAFORM_VERSION = ">= 1.5.0";

/** The same where a backend needs a newer one. */
export const terraformVersion = (oldest: string) => `>= ${oldest}`;

/** Both majors of the provider will do: the team that gets the output may have either. */
export const AWS_PROVIDER = { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" };
