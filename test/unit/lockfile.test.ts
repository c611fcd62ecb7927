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

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Package> };
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string | boolean>>;
const installed = Object.entries(packages).filter(([path, { link }]) => path !== "" && link !== true);

test("the lockfile pins every package by its content, and says of none where it comes from", () => {
	// npm doesn't look at the tools' optional packages for other systems, and so can't note their content.
	const pinned = installed.filter(([, { optional, integrity }]) => optional !== true || integrity !== undefined);
	expect(pinned.length).toBeGreaterThan(100);
	expect(pinned.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
	expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test("this package has no install script, and of the others each is known and allowed or not", () => {
	const lifecycle = ["preinstall", "install", "postinstall", "prepare"];
	expect(lifecycle.filter((script) => script in (manifest["scripts"] ?? {}))).toEqual([]);
	const withScript = installed
		.filter(([, { hasInstallScript }]) => hasInstallScript)
		.map(([path]) => path.replace(/^.*node_modules\//, ""));
	expect(withScript.filter((name) => !(name in (manifest["allowScripts"] ?? {})))).toEqual([]);
});
