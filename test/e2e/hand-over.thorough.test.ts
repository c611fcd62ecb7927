import { execFile } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";
import { isWindows } from "../platform";
import { service } from "./support/clients";
import { documentedInFile } from "./support/documented-hand-over";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

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

describe("to another stack", () => {
	/** What the documented program does, in JavaScript. */
	const reader = `const pulumi = require("@pulumi/pulumi");
const clients = new pulumi.StackReference("organization/test/test");
exports.secret = clients.requireOutput("crmClientSecret");
exports.details = clients.getOutputDetails("crmClientSecret").then(({ value, secretValue }) => [value === undefined, typeof secretValue]);
`;
	const guarded = `${reader}exports.secret = exports.secret.apply((secret) => {
	if (typeof secret !== "string") throw new Error("this stack's passphrase or key doesn't decrypt the other stack's secrets");
	return secret;
});
`;

	/** A stack with a client's secret among its outputs, and then the program of another stack on the same backend. */
	async function withSecretOf(): Promise<{ stack: TestStack; secret: string; inReader: TestStack["pulumi"] }> {
		const stack = await startStack({ passphrase: true });
		const clients = `const { OAuthClient } = require("pulumi-genesyscloud-oauth");
exports.crmClientSecret = new OAuthClient("crm", ${JSON.stringify(service().args)}).clientSecret;
`;
		stack.write("index.js", clients);
		await stack.run("up");
		const secret = (await stack.outputs())["crmClientSecret"] as unknown as string;
		stack.write("index.js", guarded);
		return { stack, secret, inReader: async (...args) => stack.pulumi(...args, "--stack", "reader") };
	}

	test("the secret is read, and is a secret there too", async () => {
		const { stack, secret, inReader } = await withSecretOf();
		await stack.pulumi("stack", "init", "reader");
		expect((await inReader("up", "--yes", "--skip-preview")).output).toMatch(/secret\s*: \[secret\]/);
		const { output } = await inReader("stack", "output", "--json", "--show-secrets");
		expect(JSON.parse(output)).toEqual({ secret, details: [true, "string"] });
		// The second stack's state is encrypted too: the search after this test looks there as well.
		const { output: state } = await inReader("stack", "export");
		expect(state).toContain("ciphertext");
		expect(state).not.toContain(secret);
	});

	test("another passphrase reads an empty object in its place, which the documented program refuses", async () => {
		const { stack, inReader } = await withSecretOf();
		stack.environment["PULUMI_CONFIG_PASSPHRASE"] = "another passphrase";
		await stack.pulumi("stack", "init", "reader");
		const refused = await inReader("up", "--yes", "--skip-preview");
		expect(refused.output).toContain("eliding undecryptable secrets");
		expect(refused.output).toContain("doesn't decrypt the other stack's secrets");
		expect(refused.code).not.toBe(0);
		// Nothing but the program notices.
		stack.write("index.js", reader);
		expect((await inReader("up", "--yes", "--skip-preview")).code).toBe(0);
		const { output } = await inReader("stack", "output", "--json", "--show-secrets");
		expect(JSON.parse(output)).toEqual({ secret: {}, details: [true, "object"] });
	});
});

describe("to a file", () => {
	test.skipIf(isWindows)(
		"the shell's way leaves a file of mode 0600 with the secret, also where a readable one was",
		async () => {
			const stack = await startStack({ passphrase: true });
			stack.write("index.js", 'exports.crmClientSecret = require("@pulumi/pulumi").secret("s3cret");');
			await stack.run("up");
			const file = join(stack.project, "crm-secret");
			writeFileSync(file, "old", { mode: 0o644 });
			const environment = {
				...stack.environment,
				PATH: [inject("engineDirectory"), stack.environment["PATH"]].join(delimiter),
			};
			await promisify(execFile)("sh", ["-e", "-c", `umask 000\n${documentedInFile("umask 077")}`], {
				cwd: stack.project,
				env: environment,
			});
			expect([readFileSync(file, "utf8").trim(), (statSync(file).mode & 0o777).toString(8)]).toEqual(["s3cret", "600"]);
			// Where Pulumi fails, the file stays as it was.
			await expect(
				promisify(execFile)("sh", ["-c", documentedInFile("umask 077")], {
					cwd: stack.project,
					env: { ...environment, PULUMI_CONFIG_PASSPHRASE: "wrong" },
				}),
			).rejects.toThrow("Command failed");
			expect(readFileSync(file, "utf8").trim()).toBe("s3cret");
		},
	);
});
