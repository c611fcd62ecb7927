"use strict";
// SDKs and programs are written by Pulumi's own generators, which are Go: a program built from ../sdk-generator answers
// these two calls, as the bytes that they are.
const { startProcess } = require("./child-process.cjs");

const asIs = (bytes) => Buffer.from(bytes);
const raw = (method) => ({ ...method, requestDeserialize: asIs, responseSerialize: asIs });

/** The service of a language host, with the calls for the generator left as bytes. */
exports.generatorService = function generatorService(service) {
	return {
		...service,
		generatePackage: raw(service.generatePackage),
		generateProgram: raw(service.generateProgram),
	};
};

/** Has the generator on PATH answer a call; without one the host is as one that doesn't know the call. */
exports.generate = async function generate({ sdk, runtime }, method, request, signal) {
	const { child, ended } = startProcess("sdk-generator", [runtime, method], { signal, stdio: "pipe" });
	const response = [];
	let message = "";
	child.stdout.on("data", (chunk) => response.push(chunk));
	child.stderr.setEncoding("utf8").on("data", (text) => {
		message += text;
	});
	// A generator that ends early says why on standard error.
	child.stdin.on("error", () => {}).end(request);
	const { code, error } = await ended;
	if (error?.code === "ENOENT") {
		const details = `${method}: no sdk-generator is on PATH (tools/pulumi-cli/find-sdk-generator.mjs)`;
		throw Object.assign(new Error(details), { code: sdk.grpc.status.UNIMPLEMENTED });
	}
	if (error) throw new Error(error.message, { cause: error });
	if (code !== 0) throw new Error(message.trim() || `sdk-generator ended with code ${code}`);
	return Buffer.concat(response);
};
