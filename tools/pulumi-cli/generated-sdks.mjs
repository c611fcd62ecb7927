import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { withLock } from "../lock.mjs";
import { runStep } from "../step.mjs";
import { findPython, pythonOf } from "./find-python.mjs";
import { findSdkGenerator } from "./find-sdk-generator.mjs";

const here = fileURLToPath(import.meta.url);
const root = dirname(dirname(dirname(here)));
const schemaFile = join(root, "plugin", "schema.json");

/**
 * Finds the SDKs of the plugin in each language, generated from its schema and ready to be used, or makes them: what `pulumi package add`
 * does in a project.
 *
 * @param {{ engine: string, log?: (line: string) => void }} options `engine` is the path of the `pulumi` in use
 * @returns {Promise<{ go: string, nodejs: string, python: string, generator: string }>} the directory of the SDK for Go and for Node; a
 * virtual environment that has the one for Python; the directory of the generator, which belongs on PATH
 */
export async function findSdks({ engine, log = () => {} }) {
	// Pulumi's own language hosts have the generators in them; ours, which a built engine has, needs a program for it.
	const isBuilt = existsSync(join(dirname(engine), "language-host.cjs"));
	const generator = isBuilt ? await findSdkGenerator({ log }) : dirname(engine);
	const python = await findPython({ log });
	const hash = createHash("sha256").update(readFileSync(schemaFile)).update(readFileSync(here));
	for (const made of [engine, generator, python, ...packagesForNode()]) hash.update(`${made}\n`);
	// Here the one for Node finds the packages that it needs.
	const cache = join(root, "node_modules", ".cache");
	const directory = join(cache, `sdks-${hash.digest("hex").slice(0, 12)}`);
	const complete = join(directory, "complete");
	await withLock(join(cache, "sdks.lock"), {}, async () => {
		if (existsSync(complete)) return;
		for (const name of readdirSync(cache)) {
			if (name.startsWith("sdks-")) rmSync(join(cache, name), { recursive: true });
		}
		await generate({ engine, directory, generator, log });
		await installForPython({ directory, python, log });
		await compileForNode({ directory, log });
		writeFileSync(complete, "");
	});
	return {
		go: join(directory, "go"),
		nodejs: join(directory, "nodejs"),
		python: join(directory, "venv"),
		generator,
	};
}

const packagesForNode = () =>
	["@pulumi/pulumi", "typescript"].map((name) => {
		const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
		return `${name} ${version}`;
	});

async function generate({ engine, directory, generator, log }) {
	const home = mkdtempSync(join(tmpdir(), "oauth-sdks-"));
	// As `pulumi package add` reads it, whatever the schema says: with this the SDK for Go is a module of its own.
	const { meta, ...rest } = JSON.parse(readFileSync(schemaFile, "utf8"));
	const schema = join(home, "schema.json");
	writeFileSync(schema, JSON.stringify({ ...rest, meta: { ...meta, supportPack: true } }));
	const env = {
		...process.env,
		PATH: [generator, dirname(engine), dirname(process.execPath), process.env.PATH].join(delimiter),
		PULUMI_HOME: home,
		PULUMI_SKIP_UPDATE_CHECK: "1",
	};
	try {
		for (const language of ["go", "nodejs", "python"]) {
			const args = ["package", "gen-sdk", schema, "--local", "--language", language, "--out", directory];
			// oxlint-disable-next-line no-await-in-loop -- two at a time would write into one directory
			await runStep({ title: `Generating the SDK for ${language}`, command: engine, args, cwd: root, env, log });
		}
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}

/** A virtual environment over the one with the pinned packages, in which only the SDK is installed. */
async function installForPython({ directory, python, log }) {
	const environment = join(directory, "venv");
	const title = "Installing the SDK for Python";
	await runStep({ title, command: pythonOf(python), args: ["-m", "venv", "--without-pip", environment], log });
	writeFileSync(join(sitePackages(environment), "pinned.pth"), `${sitePackages(python)}\n`);
	const into = ["-m", "pip", "--python", pythonOf(environment), "install", "--no-deps", "--no-build-isolation"];
	await runStep({ title, command: pythonOf(python), args: [...into, join(directory, "python")], log });
}

function sitePackages(environment) {
	const library = join(environment, process.platform === "win32" ? "Lib" : "lib");
	const python = readdirSync(library).find((name) => name.startsWith("python"));
	return join(library, python ?? "", "site-packages");
}

/** What npm does with the package: it has a script for that. */
async function compileForNode({ directory, log }) {
	const cwd = join(directory, "nodejs");
	const env = { ...process.env, PATH: [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter) };
	const args = [join("scripts", "postinstall.js")];
	await runStep({ title: "Compiling the SDK for Node", command: process.execPath, args, cwd, env, log });
}
