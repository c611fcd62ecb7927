"use strict";
const { startProcess } = require("./child-process.cjs");
const { goProgram } = require("./go-program.cjs");
const { nodejsProgram } = require("./nodejs-program.cjs");
const { pythonProgram } = require("./python-program.cjs");

// The SDK ends a program with this code after it has told the user what was wrong: there is nothing to add.
const ALREADY_REPORTED = 32;

/** What starts a program, by its runtime in Pulumi.yaml. */
const starts = { nodejs: nodejsProgram, python: pythonProgram, go: goProgram };

/** Runs a Pulumi program to its end; what it writes goes to the engine as our own output does. */
exports.runProgram = async function runProgram(host, request, signal) {
	const { RunResponse } = host.sdk.language;
	const failed = (message) => new RunResponse().setError(message);
	let start;
	try {
		start = await starts[host.runtime](host, request, signal);
	} catch (error) {
		return failed(error.message);
	}
	const { ended } = startProcess(start.command, start.args, {
		cwd: request.getInfo().getProgramDirectory(),
		env: { ...process.env, ...start.env },
		signal,
		stdio: ["ignore", "inherit", "inherit"],
	});
	const { code, killedBy, error } = await ended;
	start.clean?.();
	if (error) return failed(`Problem executing program (could not run language executor): ${error.message}`);
	if (code === ALREADY_REPORTED) return new RunResponse().setBail(true);
	if (killedBy) return failed(`Program exited unexpectedly: ${killedBy}`);
	if (code) return failed(`Program exited with non-zero exit code: ${code}`);
	return new RunResponse();
};
