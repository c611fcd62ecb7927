import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Package {
	version?: string;
	integrity?: string;
	resolved?: string;
	hasInstallScript?: boolean;
	link?: boolean;
	optional?: boolean;
}

const packagesOf = (lockfile: string) =>
	(JSON.parse(readFileSync(lockfile, "utf8")) as { packages: Record<string, Package> }).packages;
const packages = packagesOf("package-lock.json");
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string | boolean>>;
const installed = Object.entries(packages).filter(([path, { link }]) => path !== "" && link !== true);

test("the lockfile pins every package by its content, and says of none where it comes from", () => {
	// npm doesn't look at the tools' optional packages for other systems, and so can't note their content.
	const pinned = installed.filter(([, { optional, integrity }]) => optional !== true || integrity !== undefined);
	expect(pinned.length).toBeGreaterThan(100);
	expect(pinned.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
	expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test("so does the lockfile of what the plugin's executables are made of, for each system", () => {
	const runtimes = Object.entries(packagesOf("tools/plugin-executable/package-lock.json")).filter(
		([path]) => path !== "",
	);
	expect(runtimes).toHaveLength(6);
	for (const [, { integrity, resolved }] of runtimes) {
		expect(integrity).toMatch(/^sha512-/);
		expect(resolved).toBeUndefined();
	}
});

test("this package has no install script, and of the others each is known and allowed or not", () => {
	const lifecycle = ["preinstall", "install", "postinstall", "prepare"];
	expect(lifecycle.filter((script) => script in (manifest["scripts"] ?? {}))).toEqual([]);
	const withScript = installed
		.filter(([, { hasInstallScript }]) => hasInstallScript)
		.map(([path]) => path.replace(/^.*node_modules\//, ""));
	expect(withScript.filter((name) => !(name in (manifest["allowScripts"] ?? {})))).toEqual([]);
});
