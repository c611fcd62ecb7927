import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packageFolder = /^.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/;

/**
 * Writes a program and the libraries that it uses, as few files that need only Node; and LICENSES, the licenses of all that is in them.
 *
 * @param input the program's first file
 * @param folder where to write
 * @param name the program's file
 * @param output further options of the bundler
 */
export async function bundle({ input, folder, name, output: options = {} }) {
	const bundled = await rolldown({
		input: { [name]: join(root, input) },
		platform: "node",
		tsconfig: join(root, "tsconfig.json"),
	});
	const { output } = await bundled.write({
		dir: folder,
		entryFileNames: "[name].cjs",
		chunkFileNames: ({ facadeModuleId }) => `${packageFolder.exec(facadeModuleId)?.[1] ?? "[name]"}.cjs`,
		format: "cjs",
		...options,
	});
	await bundled.close();
	writeFileSync(join(folder, "LICENSES"), licensesOf(output.flatMap(({ moduleIds }) => moduleIds)));
}

/** The licenses of this package and of all packages whose modules are in the bundle. */
function licensesOf(modules) {
	const packages = new Set(modules.map((path) => packageFolder.exec(path)?.[0]).filter(Boolean));
	return [root, ...[...packages].toSorted((one, other) => one.localeCompare(other))]
		.map(licenseOf)
		.join(`\n${"-".repeat(80)}\n`);
}

function licenseOf(directory) {
	const { name: packageName, version, license } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
	const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
	const text =
		file !== undefined && existsSync(join(directory, file)) ? readFileSync(join(directory, file), "utf8") : "";
	return `${packageName} ${version}, ${license}\n\n${text}`;
}
