"use strict";
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { startProcess } = require("./child-process.cjs");
const { runEnvironment } = require("./run-environment.cjs");

/**
 * How a program in Go is started: the binary that Pulumi.yaml names, or else Go builds it first. `go run` would do so too, but its
 * program outlives it when it is ended.
 */
exports.goProgram = async function goProgram(host, request, signal) {
	const info = request.getInfo();
	const start = { args: request.getArgsList(), env: runEnvironment(host, request) };
	const { binary } = info.getOptions()?.toJavaScript() ?? {};
	if (binary) return { ...start, command: path.resolve(info.getProgramDirectory(), binary) };
	const directory = mkdtempSync(path.join(tmpdir(), "pulumi-go-"));
	const program = path.join(directory, process.platform === "win32" ? "program.exe" : "program");
	const clean = () => rmSync(directory, { recursive: true, force: true });
	try {
		const { ended } = startProcess("go", ["build", "-o", program, info.getEntryPoint()], {
			cwd: info.getProgramDirectory(),
			signal,
			stdio: ["ignore", "inherit", "inherit"],
		});
		const { code, error } = await ended;
		if (error) throw error;
		if (code !== 0) throw new Error("The program could not be built; what Go says is above");
	} catch (error) {
		clean();
		throw error;
	}
	return { ...start, command: program, clean };
};
