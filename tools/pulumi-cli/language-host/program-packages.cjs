"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

/** Resolves a module as a program in `directory` would; a missing SDK is told in one line, as Pulumi tells it. */
exports.resolveFrom = function resolveFrom(directory, moduleName) {
	try {
		return createRequire(path.join(directory, "program.js")).resolve(moduleName);
	} catch (error) {
		if (error.code !== "MODULE_NOT_FOUND") throw error;
		throw new Error(
			`It looks like the Pulumi SDK has not been installed: ${moduleName} can't be found from ${directory}. Have you run npm install?`,
			{ cause: error },
		);
	}
};
