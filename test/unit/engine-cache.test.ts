import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { withLanguageHost } from "../../tools/pulumi-cli/engine-cache.mjs";

test("a clone with another language host leaves the one that engines of other clones are reading", () => {
	const directory = mkdtempSync(join(tmpdir(), "oauth-cache-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	const [engine, sources] = ["engine", "sources"].map((name) => join(directory, name)) as [string, string];
	for (const path of [engine, sources]) mkdirSync(path);
	const pulumi = join(engine, "pulumi");
	writeFileSync(pulumi, "the engine");
	const find = (host: string) => {
		writeFileSync(join(sources, "host"), host);
		return withLanguageHost({ directory: engine, pulumi }, sources);
	};
	const first = find("first");
	const second = find("second");
	expect([first, second].map((place) => readFileSync(join(place, "host"), "utf8"))).toEqual(["first", "second"]);
	expect(readFileSync(join(second, "pulumi"), "utf8")).toBe("the engine");
	expect(find("first")).toBe(first);
	// Nothing half-made is left behind.
	expect(readdirSync(engine)).toHaveLength(3);
});
