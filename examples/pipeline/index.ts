// The program for Pulumi's own commands, such as `pulumi up` by hand, and for Pulumi Deployments.
import * as pulumi from "@pulumi/pulumi";
import { mistakeText, readClients } from "#clients-file";
import { programOf } from "#program";

const { declared, mistakes } = await readClients(process.env["OAUTH_CLIENTS"] ?? "oauth-clients.yaml");
if (mistakes.length > 0) throw new pulumi.RunError(mistakes.map(mistakeText).join("\n"));

export const { clientIds, clientSecrets, credentialIds } = await programOf(declared)();
