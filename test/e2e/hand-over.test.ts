import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isWindows } from "../platform";
import { service } from "./support/clients";
import { documentedInFile } from "./support/documented-hand-over";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

describe("to a file", () => {
	test.skipIf(isWindows)(
		"the file has mode 0600 before it has its first byte, whatever the umask, and is whole at every moment",
		async () => {
			const stack = await startStack();
			stack.write("write-credentials.js", documentedInFile("exports.storeSecret"));
			const file = join(stack.directory, "credentials.json");
			process.env["CRM_CREDENTIALS_FILE"] = file;
			const { storeSecret } = createRequire(__filename)(join(stack.project, "write-credentials.js")) as {
				storeSecret: (secret: unknown) => Promise<void>;
			};
			const modes: string[] = [];
			const umask = process.umask(0);
			try {
				writeFileSync(file, "old", { mode: 0o644 });
				// Asked for its text when the new file stands already, and is empty.
				const clientSecret = {
					toJSON: () => {
						for (const name of readdirSync(stack.directory).filter((other) => other.startsWith("credentials.json"))) {
							const { mode, size } = statSync(join(stack.directory, name));
							modes.push(`${(mode & 0o777).toString(8)} ${size}`);
						}
						return "a secret";
					},
				};
				await storeSecret({ clientId: "c1", clientSecret });
			} finally {
				process.umask(umask);
				delete process.env["CRM_CREDENTIALS_FILE"];
			}
			expect(modes.toSorted()).toEqual(["600 0", "644 3"]);
			expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
			expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ clientId: "c1", clientSecret: "a secret" });
			expect(readdirSync(stack.directory).filter((name) => name.startsWith("credentials.json"))).toEqual([
				"credentials.json",
			]);
		},
	);

	test.skipIf(isWindows)("a preview writes nothing; up writes the secret, and each rotation the new one", async () => {
		const stack = await startStack();
		const file = join(stack.directory, "credentials.json");
		stack.environment["CRM_CREDENTIALS_FILE"] = file;
		stack.write("write-credentials.js", documentedInFile("exports.storeSecret"));
		const declare = (turn: number) =>
			stack.declare({
				service: service({ secretSink: "./write-credentials.js", secretRotation: { rotateWhenChanged: { turn } } }),
			});
		declare(1);
		await stack.run("preview");
		expect(readdirSync(stack.directory)).not.toContain("credentials.json");
		for (const turn of [1, 2]) {
			declare(turn);
			await stack.run("up");
			const { clientId, clientSecret } = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
			expect(await stack.canLogIn(clientId!, clientSecret!)).toBe(true);
			expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
		}
	});
});
