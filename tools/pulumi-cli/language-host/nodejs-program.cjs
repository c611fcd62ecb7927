"use strict";
const { configOf } = require("./run-environment.cjs");
const { resolveFrom } = require("./program-packages.cjs");

/** How a program on Node is started: by the SDK that the program has installed. */
exports.nodejsProgram = async function nodejsProgram(host, request) {
	const info = request.getInfo();
	const options = info.getOptions()?.toJavaScript() ?? {};
	const problem = findOptionProblem(options);
	if (problem) throw new Error(problem);
	const runner = process.env.PULUMI_LANGUAGE_NODEJS_RUN_PATH || "@pulumi/pulumi/cmd/run";
	const script = resolveFrom(info.getProgramDirectory(), runner);
	const nodeArguments = (options.nodeargs ?? "").split(/\s+/).filter(Boolean);
	return {
		command: process.execPath,
		args: [...nodeArguments, script, ...programArguments(host, request)],
		env: programEnvironment(request, options),
	};
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
	return {
		// The SDK for Node reads `namespace:config:name`.
		PULUMI_CONFIG: JSON.stringify(configOf(request, (namespace, name) => `${namespace}:config:${name}`)),
		PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
		...(options.typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
		...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
	};
}
