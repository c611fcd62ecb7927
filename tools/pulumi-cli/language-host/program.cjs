"use strict";
const { startNode } = require("./child-process.cjs");
const { resolveFrom } = require("./program-packages.cjs");

// The SDK ends a program with this code after it has told the user what was wrong: there is nothing to add.
const ALREADY_REPORTED = 32;

/** Runs a Pulumi program to its end; what it writes goes to the engine as our own output does. */
exports.runProgram = async function runProgram(host, request, signal) {
	const { RunResponse } = host.sdk.language;
	const failed = (message) => new RunResponse().setError(message);
	const info = request.getInfo();
	const options = info.getOptions()?.toJavaScript() ?? {};
	const problem = findOptionProblem(options);
	if (problem) return failed(problem);

	let script;
	try {
		const runner = process.env.PULUMI_LANGUAGE_NODEJS_RUN_PATH || "@pulumi/pulumi/cmd/run";
		script = resolveFrom(info.getProgramDirectory(), runner);
	} catch (error) {
		return failed(error.message);
	}
	const nodeArguments = (options.nodeargs ?? "").split(/\s+/).filter(Boolean);
	const { ended } = startNode([...nodeArguments, script, ...programArguments(host, request)], {
		env: programEnvironment(request, options),
		signal,
		stdio: ["ignore", "inherit", "inherit"],
	});
	const { code, killedBy, error } = await ended;
	if (error) return failed(`Problem executing program (could not run language executor): ${error.message}`);
	if (code === ALREADY_REPORTED) return new RunResponse().setBail(true);
	if (killedBy) return failed(`Program exited unexpectedly: ${killedBy}`);
	if (code) return failed(`Program exited with non-zero exit code: ${code}`);
	return new RunResponse();
};

function findOptionProblem(options) {
	const types = { typescript: "boolean", tsconfig: "string", nodeargs: "string" };
	const name = Object.keys(types).find((key) => key in options && typeof options[key] !== types[key]);
	return name && `The runtime option ${name} in Pulumi.yaml must be a ${types[name]}.`;
}

function programArguments(host, request) {
	const info = request.getInfo();
	const flags = {
		monitor: request.getMonitorAddress(),
		engine: host.engineAddress,
		organization: request.getOrganization(),
		project: request.getProject(),
		"root-directory": info.getRootDirectory(),
		stack: request.getStack(),
		pwd: info.getProgramDirectory(),
		parallel: String(request.getParallel()),
	};
	return [
		...Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
		...(request.getDryrun() ? ["--dry-run"] : []),
		info.getEntryPoint(),
		...request.getArgsList(),
	];
}

function programEnvironment(request, options) {
	const config = {};
	for (const [key, value] of request.getConfigMap().entries()) {
		// The SDK reads `namespace:config:name`; the engine sends `namespace:name` or the same long form.
		const [namespace, ...name] = key.split(":");
		if (name.length > 1 && name[0] === "config") name.shift();
		config[`${namespace}:config:${name.join(":")}`] = value;
	}
	return {
		...process.env,
		PULUMI_CONFIG: JSON.stringify(config),
		PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
		...(options.typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
		...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
	};
}
