"use strict";
// A policy pack reads stack and configuration from its environment while it loads, but the engine tells them by a call
// to the running pack. So a small server takes that call first, then starts the pack and hands every other call on.
const { startProcess } = require("./child-process.cjs");
const { resolveFrom } = require("./program-packages.cjs");

// Calls that are only handed on need not be understood.
const asIs = (bytes) => Buffer.from(bytes);
const forward = (client, path, request) =>
	new Promise((resolve, reject) => {
		client.makeUnaryRequest(path, asIs, asIs, request, (error, response) =>
			error ? reject(error) : resolve(response),
		);
	});

/** Runs a policy pack until the engine ends the call or the pack exits. */
exports.runPolicyPack = async function runPolicyPack(host, { directory, args, env, output, signal }) {
	const { grpc, analyzer, analyzerService } = host.sdk;
	const script = resolveFrom(directory, "@pulumi/pulumi/cmd/run-policy-pack");
	const finished = Promise.withResolvers();
	signal.addEventListener("abort", () => finished.resolve({ killedBy: "SIGINT" }));

	let pack;
	const startPack = (stack) => {
		pack ??= connectPack(stack);
		return pack;
	};
	const connectPack = async (stack) => {
		const { child, ended } = startProcess(process.execPath, [script, ...args, directory], {
			cwd: directory,
			env: { ...env, ...(stack && stackEnvironment(stack)) },
			signal,
			stdio: ["ignore", "pipe", "pipe"],
		});
		void ended.then(finished.resolve);
		child.stderr.on("data", output.stderr);
		const line = await Promise.race([readFirstLine(child.stdout, output.stdout), ended.then(() => undefined)]);
		if (line === undefined) throw new Error("The policy pack ended before it was ready; its own message says why.");
		const port = Number(line);
		if (!port) throw new Error(`The policy pack must not write to standard output while it loads; it wrote "${line}".`);
		const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
			// It is on this machine: never through the proxy of https_proxy.
			"grpc.enable_http_proxy": 0,
			"grpc.max_receive_message_length": -1,
		});
		if (stack)
			await forward(client, "/pulumirpc.Analyzer/ConfigureStack", stack.serializeBinary()).catch(isUnimplemented);
		return client;
	};
	const isUnimplemented = (error) => {
		if (error.code !== grpc.status.UNIMPLEMENTED) throw error;
	};

	const service = {};
	const methods = {};
	for (const [name, method] of Object.entries(analyzerService.AnalyzerService)) {
		service[name] = { ...method, requestDeserialize: asIs, responseSerialize: asIs };
		methods[name] = async (call, callback) => {
			let response;
			try {
				response = await forward(await startPack(), method.path, call.request);
			} catch (error) {
				callback({ code: error.code ?? grpc.status.UNKNOWN, details: error.details ?? error.message });
				return;
			}
			callback(null, response);
		};
	}
	methods.handshake = (_, callback) => callback(null, new analyzer.AnalyzerHandshakeResponse().serializeBinary());
	methods.configureStack = (call, callback) => {
		// A pack that fails to start says so at the first call that needs it.
		startPack(analyzer.AnalyzerStackConfigureRequest.deserializeBinary(call.request)).catch(() => {});
		callback(null, new analyzer.AnalyzerStackConfigureResponse().serializeBinary());
	};

	const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
	server.addService(service, methods);
	const port = await new Promise((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
			error ? reject(error) : resolve(bound),
		);
	});
	output.stdout(Buffer.from(`${port}\n`));
	const { code, error } = await finished.promise;
	server.forceShutdown();
	if (error) throw error;
	if (code) throw new Error(`Program exited with non-zero exit code: ${code}`);
};

function stackEnvironment(stack) {
	const known = {
		PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
		PULUMI_NODEJS_PROJECT: stack.getProject(),
		PULUMI_NODEJS_STACK: stack.getStack(),
		PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
		PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().entries())),
	};
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value));
}

/** The first line is the port, as with every plugin; what follows is the pack's own output. */
function readFirstLine(stream, onOutput) {
	return new Promise((resolve) => {
		let line = "";
		const onData = (chunk) => {
			line += chunk;
			const end = line.indexOf("\n");
			if (end < 0) return;
			stream.off("data", onData);
			stream.on("data", onOutput);
			if (end + 1 < line.length) onOutput(Buffer.from(line.slice(end + 1)));
			resolve(line.slice(0, end));
		};
		stream.on("data", onData);
	});
}
