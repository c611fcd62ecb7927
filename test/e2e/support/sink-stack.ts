import { readFileSync } from "node:fs";
import { join } from "node:path";
import { service } from "./clients";
import type { TestStack } from "./test-stack";

/** A sink that writes what it is given to a file beside the project, unless a file there says that it is out of order. */
const sink = `const { appendFileSync, existsSync } = require("node:fs");
exports.storeSecret = async (secret) => {
	if (existsSync("../out-of-order")) throw new Error("the vault is sealed, and " + secret.clientSecret + " stays outside");
	appendFileSync("../stored", JSON.stringify(secret) + "\\n");
};
`;

/** Declares a client with that sink. */
export const declare = (stack: TestStack, turn: number, change: Record<string, unknown> = {}) => {
	stack.write("store-secret.js", sink);
	const secretRotation = { rotateWhenChanged: { turn } };
	stack.declare({ service: service({ secretSink: "./store-secret.js", secretRotation, ...change }) });
};

/** What the sink was given, in its order. */
export const stored = (stack: TestStack) =>
	readFileSync(join(stack.directory, "stored"), "utf8")
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as { name: string; clientId: string; clientSecret: string; secretVersion: number });
