// Packs dist/plugin as the release assets that `pulumi plugin install` takes: one archive for each system and architecture. The plugin runs on
// Node, so all of them have the same content.
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { runStep } from "./step.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = join(root, "dist", "plugin-assets");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const targets = ["linux", "darwin", "windows"].flatMap((system) =>
	["amd64", "arm64"].map((architecture) => `${system}-${architecture}`),
);

mkdirSync(assets, { recursive: true });
const [first, ...others] = targets.map((target) =>
	join(assets, `pulumi-resource-genesyscloud-oauth-v${version}-${target}.tar.gz`),
);
await runStep({
	title: "Packing the plugin",
	command: "tar",
	args: [
		"--create",
		"--gzip",
		"--exclude=compile-cache",
		"--file",
		first,
		"--directory",
		join(root, "dist", "plugin"),
		".",
	],
	log: console.error,
});
for (const file of others) copyFileSync(first, file);
for (const file of [first, ...others]) console.log(file);
