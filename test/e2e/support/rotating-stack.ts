import { service } from "./clients";
import type { TestStack } from "./test-stack";

/** The program: it reads its rotation from a file, which a test rewrites. */
export const program = (
	kind: "rotating" | "plain",
) => `const { OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const rotation = require("./rotation.json");
const settings = ${JSON.stringify(service({ name: "Worker" }).args)};
${
	kind === "rotating"
		? `const worker = new RotatingOAuthClient("worker", { ...settings, rotation });
exports.current = worker.current;
exports.previous = worker.previous;
exports.generation = worker.generation;`
		: `const worker = new OAuthClient("worker", { ...settings, secretRotation: rotation });
exports.current = { clientId: worker.clientId, clientSecret: worker.clientSecret };`
}
`;

/** What a client logs in with. */
export interface Credential {
	clientId: string;
	clientSecret: string;
}

interface Outputs {
	current: Credential;
	previous: Credential;
	generation: number;
}

/** Runs a program with one RotatingOAuthClient, or with a client that rotates by itself, for the first time. */
export async function startRotating(stack: TestStack, kind: "rotating" | "plain", rotation: unknown): Promise<void> {
	stack.write("index.js", program(kind));
	stack.write("rotation.json", JSON.stringify(rotation));
	await stack.run("up");
}

/** What the program hands out. */
export const outputsOf = async (stack: TestStack) => (await stack.outputs()) as unknown as Outputs;
