import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

test("a sink is told the rotation of a RotatingOAuthClient's secret: the highest is the current one", async () => {
	const stack = await startStack();
	const declare = (turn: number) =>
		stack.write(
			"index.js",
			`const { RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const worker = new RotatingOAuthClient("worker", { ...${JSON.stringify(service({ name: "Worker" }).args)}, secretSink: "./sink.js", rotation: { rotateWhenChanged: { turn: ${turn} } } });
exports.current = worker.current;
`,
		);
	stack.write(
		"sink.js",
		'exports.storeSecret = (secret) => require("node:fs").appendFileSync("../stored", JSON.stringify(secret) + "\\n");\n',
	);
	interface Stored {
		clientId: string;
		clientSecret: string;
		rotation: number;
	}
	const stored = () =>
		readFileSync(join(stack.directory, "stored"), "utf8")
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line) as Stored);
	const current = async () => (await stack.outputs())["current"] as unknown as Omit<Stored, "rotation">;
	for (const [turn, rotations] of [
		[0, [-1, 0]],
		[1, [-1, 0, 1]],
	] as const) {
		declare(turn);
		await stack.run("up");
		expect(
			stored()
				.map((secret) => secret.rotation)
				.toSorted((a, b) => a - b),
		).toEqual(rotations);
		const { clientId, clientSecret } = stored().toSorted((a, b) => b.rotation - a.rotation)[0]!;
		expect(await current()).toEqual({ clientId, clientSecret });
	}
});
