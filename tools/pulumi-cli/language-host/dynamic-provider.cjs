"use strict";
// Runs the SDK's own host of dynamic providers, from the program's node_modules, as Pulumi's distribution does.
const { onEngineGone } = require("./engine-watch.cjs");
const { resolveFrom } = require("./program-packages.cjs");

try {
	const script = resolveFrom(process.cwd(), "@pulumi/pulumi/cmd/dynamic-provider");
	onEngineGone(() => process.exit(0));
	require(script);
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
