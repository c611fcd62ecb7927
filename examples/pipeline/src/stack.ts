import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace, type PulumiFn, type Stack, StackAlreadyExistsError } from "@pulumi/pulumi/automation/index.js";

/** The project's name in Pulumi.yaml: stacks belong to it. */
const projectName = "oauth-clients";

/** Which stack to work on. */
export interface StackOptions {
	/** The stack's name. */
	stack: string;
	/** What a new stack's secrets are encrypted with, such as `awskms://alias/pulumi`. @default Pulumi's own choice for the backend */
	secretsProvider?: string;
}

/** Opens a stack, and makes it when there is none of that name yet. */
export async function openStack({ stack, secretsProvider }: StackOptions, program: PulumiFn): Promise<Stack> {
	const args = { stackName: stack, projectName, program };
	const options = {
		// The provider's process starts here, and finds its packages from here.
		workDir: process.cwd(),
		envVars: { PULUMI_SKIP_UPDATE_CHECK: "1", ...stateOf(process.env) },
		...(secretsProvider === undefined ? {} : { secretsProvider }),
	};
	try {
		return await LocalWorkspace.createOrSelectStack(args, options);
	} catch (error) {
		// Another run has made it in the same moment.
		if (error instanceof StackAlreadyExistsError) return LocalWorkspace.selectStack(args, options);
		throw error;
	}
}

/**
 * Where the state lives: where `PULUMI_BACKEND_URL` says, or in Pulumi Cloud for those who are logged in by `PULUMI_ACCESS_TOKEN`;
 * else in `state/`, on this machine. Never there in a pipeline: it would be gone with the runner, and with it the only copy of every
 * secret.
 */
function stateOf(environment: NodeJS.ProcessEnv): Record<string, string> {
	if (environment["PULUMI_BACKEND_URL"] || environment["PULUMI_ACCESS_TOKEN"]) return {};
	if (environment["CI"]) {
		throw new Error(
			"no place for the state: set PULUMI_BACKEND_URL (such as postgres://... or s3://...) or PULUMI_ACCESS_TOKEN, since a file on this runner would be lost with it, and every client secret too",
		);
	}
	const directory = resolve("state");
	if (!existsSync(directory)) mkdirSync(directory, { mode: 0o700 });
	return { PULUMI_BACKEND_URL: pathToFileURL(directory).href };
}
