// Packs the plugin as the release assets that `pulumi plugin install` takes: for each system an archive with an executable, one with the script for
// systems without (it needs Node), and their checksums. With --own-system only what this machine can run.
import { createHash } from "node:crypto";
import {
	appendFileSync,
	copyFileSync,
	cpSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

import { compileExecutable } from "./plugin-executable/compile.mjs";
import { ownTarget, targets } from "./plugin-executable/targets.mjs";
import { runStep } from "./step.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const script = join(root, "dist", "plugin");
const assets = join(root, "dist", "plugin-assets");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const log = console.error;

async function main() {
	const { values } = parseArgs({ options: { "own-system": { type: "boolean", default: false } } });
	rmSync(assets, { recursive: true, force: true });
	const own = ownTarget === undefined ? [] : [ownTarget];
	for (const target of values["own-system"] ? own : targets) {
		const folder = join(assets, "content", target.asset);
		mkdirSync(folder, { recursive: true });
		copyFileSync(join(script, "LICENSES"), join(folder, "LICENSES"));
		appendFileSync(
			join(folder, "LICENSES"),
			`\n${"-".repeat(80)}\n${readFileSync(join(root, "tools/plugin-executable/NOTICE"), "utf8")}`,
		);
		const file = join(folder, target.executable);
		// oxlint-disable-next-line no-await-in-loop -- each takes the memory of a whole executable
		await compileExecutable(target, { bundle: join(script, "plugin.cjs"), file, log });
	}
	cpSync(script, join(assets, "content", "node"), {
		recursive: true,
		filter: (path) => !path.endsWith("compile-cache"),
	});

	const sums = [];
	for (const content of readdirSync(join(assets, "content"))) {
		const name = `pulumi-resource-genesyscloud-oauth-v${version}-${content}.tar.gz`;
		// oxlint-disable-next-line no-await-in-loop -- the same
		const archive = await archiveOf(join(assets, "content", content));
		writeFileSync(join(assets, name), archive);
		sums.push(`${createHash("sha256").update(archive).digest("hex")}  ${name}\n`);
		console.log(join(assets, name));
	}
	writeFileSync(join(assets, "SHA256SUMS"), sums.join(""));
}

/** A folder as .tar.gz: with GNU tar the same content makes the same archive. */
async function archiveOf(folder) {
	const file = `${folder}.tar`;
	const always = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=a+rX,u+w,go-w"];
	await runStep({
		title: "Packing the plugin",
		command: "tar",
		args: [...(process.platform === "linux" ? always : []), "-cf", file, "-C", folder, "."],
		log,
	});
	const archive = gzipSync(readFileSync(file));
	rmSync(file);
	return archive;
}

await main();
