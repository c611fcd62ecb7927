import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { buildProgram, builtProgram, goProgram } from "./go-build.mjs";

const executable = process.platform === "win32" ? "pulumi-language-yaml.exe" : "pulumi-language-yaml";

const yamlHost = goProgram({
	name: "yaml-host",
	title: "Pulumi's host for YAML programs",
	module: "github.com/pulumi/pulumi-yaml",
	main: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
	executable,
	linkerFlags: () => "-s -w",
});

/**
 * Finds Pulumi's host for YAML programs, or builds it with Go: one on PATH, one beside the engine (Pulumi's own distribution has it), one that
 * an earlier run left in the cache.
 *
 * @param {{ engine: string, log?: (line: string) => void }} options `engine` is the path of the `pulumi` in use
 * @returns {Promise<string>} its directory, which belongs on PATH
 */
export async function findYamlHost({ engine, log = () => {} }) {
	const directories = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), dirname(engine)];
	const found = directories.find((directory) => existsSync(join(directory, executable)));
	if (found !== undefined) return found;
	const { directory, file } = builtProgram(yamlHost);
	if (existsSync(file)) return directory;
	try {
		return (await buildProgram(yamlHost, { log })).directory;
	} catch (error) {
		throw new Error(
			`No host for YAML programs could be had: ${error.message}. What to do: install Pulumi, which brings one, and put it on PATH, or install Go 1.26 or newer with a way to a Go module proxy, then run this again`,
			{ cause: error },
		);
	}
}
