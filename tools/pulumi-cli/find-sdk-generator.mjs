import { existsSync } from "node:fs";

import { buildProgram, builtProgram, goProgram } from "./go-build.mjs";

const generator = goProgram({
	name: "sdk-generator",
	title: "the generator of SDKs",
	module: "github.com/pulumi/pulumi/pkg/v3",
	main: ".",
	executable: process.platform === "win32" ? "sdk-generator.exe" : "sdk-generator",
	linkerFlags: () => "-s -w",
});

/**
 * Finds the program with which our language host writes SDKs and programs, or builds it with Go.
 *
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<string>} its directory, which belongs on PATH
 */
export async function findSdkGenerator({ log = () => {} } = {}) {
	const { directory, file } = builtProgram(generator);
	if (existsSync(file)) return directory;
	try {
		return (await buildProgram(generator, { log })).directory;
	} catch (error) {
		throw new Error(
			`No generator of SDKs could be had: ${error.message}. What to do: install Go 1.26 or newer with a way to a Go module proxy, then run this again`,
			{ cause: error },
		);
	}
}
