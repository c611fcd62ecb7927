"use strict";
const path = require("node:path");
const { runEnvironment } = require("./run-environment.cjs");

/** How a program in Python is started: by the Python of the virtual environment that Pulumi.yaml names, or else the one on PATH. */
exports.pythonProgram = async function pythonProgram(host, request) {
	const info = request.getInfo();
	const { virtualenv } = info.getOptions()?.toJavaScript() ?? {};
	const [folder, python] = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python3"];
	return {
		command: virtualenv ? path.join(path.resolve(info.getRootDirectory(), virtualenv), folder, python) : python,
		args: ["-u", path.join(__dirname, "run-program.py"), info.getEntryPoint(), ...request.getArgsList()],
		env: runEnvironment(host, request),
	};
};
