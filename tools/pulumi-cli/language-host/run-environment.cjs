"use strict";

/** The configuration of a run, under the keys that an SDK reads. */
function configOf(request, keyOf) {
	const config = {};
	for (const [key, value] of request.getConfigMap().entries()) {
		// The engine sends `namespace:name`, or the long form `namespace:config:name`.
		const [namespace, ...name] = key.split(":");
		if (name.length > 1 && name[0] === "config") name.shift();
		config[keyOf(namespace, name.join(":"))] = value;
	}
	return config;
}

/** What the SDK for Go, and our starter of programs in Python, read of a run from the environment. */
function runEnvironment(host, request) {
	return {
		PULUMI_MONITOR: request.getMonitorAddress(),
		PULUMI_ENGINE: host.engineAddress,
		PULUMI_ORGANIZATION: request.getOrganization(),
		PULUMI_PROJECT: request.getProject(),
		PULUMI_STACK: request.getStack(),
		PULUMI_ROOT_DIRECTORY: request.getInfo().getRootDirectory(),
		PULUMI_PARALLEL: String(request.getParallel()),
		PULUMI_DRY_RUN: String(request.getDryrun()),
		PULUMI_CONFIG: JSON.stringify(configOf(request, (namespace, name) => `${namespace}:${name}`)),
		PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
	};
}

module.exports = { configOf, runEnvironment };
