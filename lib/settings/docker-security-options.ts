import * as z from "zod";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { unlessEmpty } from "../core/term";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const option = text(
  "a security option: no-new-privileges, apparmor:PROFILE, label:VALUE or credentialspec:FILE",
  /^(?:no-new-privileges|(?:apparmor|label|credentialspec):.+)$/,
);

export const dockerSecurityOptions = defineSetting({
  summary: "Docker security options of the Agent's container, such as an SELinux label or an AppArmor profile",
  of: "daemon",
  schema: z.array(option).default([]),
  container: { dockerSecurityOptions: unlessEmpty("dockerSecurityOptions") },
});
