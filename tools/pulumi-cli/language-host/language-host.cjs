"use strict";
// The language host for Node, Python and Go that Pulumi's distribution ships as Go programs and that can't be had at a
// version to match an engine built from source. It serves the same gRPC service with the definitions of the SDK for Node,
// which must be found from the program's directory whatever its language: start programs, start plugins and policy packs,
// write SDKs and programs, say nothing about the rest. Its first argument is the runtime. Like the original it writes its
// port as the first line.
const path = require("node:path");
const { onEngineGone } = require("./engine-watch.cjs");
const { startProcess, stopAll } = require("./child-process.cjs");
const { generate, generatorService } = require("./generator.cjs");
const { resolveFrom } = require("./program-packages.cjs");
const { runPolicyPack } = require("./policy-pack.cjs");
const { runProgram } = require("./program.cjs");

function loadSdk() {
	const directory = path.dirname(resolveFrom(process.cwd(), "@pulumi/pulumi/package.json"));
	const load = (moduleName) => require(resolveFrom(directory, moduleName));
	return {
		version: load("./package.json").version,
		grpc: load("@grpc/grpc-js"),
		language: load("./proto/language_pb"),
		languageService: load("./proto/language_grpc_pb"),
		analyzer: load("./proto/analyzer_pb"),
		analyzerService: load("./proto/analyzer_grpc_pb"),
		plugin: load("./proto/plugin_pb"),
		empty: load("google-protobuf/google/protobuf/empty_pb"),
	};
}

/** An engine that gives up on a call wants the process it started ended. */
function abortOf(call) {
	const controller = new AbortController();
	call.on("cancelled", () => controller.abort());
	return controller.signal;
}

function serve(sdk, runtime, engineAddress) {
	const { grpc, language } = sdk;
	const host = { sdk, runtime, engineAddress };
	const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });

	const toStatus = (error) => ({ code: error.code ?? grpc.status.UNKNOWN, details: error.message });
	const unary = (method) => async (call, callback) => {
		let response;
		try {
			response = await method(call.request, abortOf(call));
		} catch (error) {
			callback(toStatus(error));
			return;
		}
		callback(null, response);
	};
	const empty = (Response) => unary(() => new Response());

	server.addService(generatorService(sdk.languageService.LanguageRuntimeService), {
		handshake: unary((request) => {
			host.engineAddress = request.getEngineAddress();
			return new language.LanguageHandshakeResponse();
		}),
		getPluginInfo: unary(() => new sdk.plugin.PluginInfo().setVersion(sdk.version)),
		// A program's dynamic providers need no plugin of their own, so there is nothing to install before a run.
		getRequiredPlugins: empty(language.GetRequiredPluginsResponse),
		getRequiredPackages: empty(language.GetRequiredPackagesResponse),
		getProgramDependencies: empty(language.GetProgramDependenciesResponse),
		runtimeOptionsPrompts: empty(language.RuntimeOptionsResponse),
		about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
		run: unary((request, signal) => runProgram(host, request, signal)),
		generatePackage: unary((request, signal) => generate(host, "GeneratePackage", request, signal)),
		generateProgram: unary((request, signal) => generate(host, "GenerateProgram", request, signal)),
		runPlugin: (call) => {
			runPlugin(host, call, abortOf(call)).then(
				() => call.end(),
				(error) => call.emit("error", toStatus(error)),
			);
		},
		cancel: unary(async () => {
			await stopAll();
			return new sdk.empty.Empty();
		}),
	});
	server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
		if (error) {
			console.error(`The language host could not listen on 127.0.0.1: ${error.message}`);
			process.exit(1);
		}
		process.stdout.write(`${port}\n`);
	});
}

async function runPlugin(host, call, signal) {
	const request = call.request;
	const { RunPluginResponse } = host.sdk.language;
	const output = {
		stdout: (chunk) => call.write(new RunPluginResponse().setStdout(chunk)),
		stderr: (chunk) => call.write(new RunPluginResponse().setStderr(chunk)),
	};
	const directory = request.getInfo().getProgramDirectory();
	const options = request.getInfo().getOptions()?.toJavaScript() ?? {};
	const env = Object.fromEntries(
		request.getEnvList().map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
	);
	if (options.typescript !== false) env.PULUMI_NODEJS_TYPESCRIPT = "true";
	if (options.tsconfig) env.PULUMI_NODEJS_TSCONFIG_PATH = options.tsconfig;

	if (request.getKind() === "analyzer") {
		return runPolicyPack(host, { directory, args: request.getArgsList(), env, output, signal });
	}
	const script = resolveFrom(directory, "@pulumi/pulumi/cmd/run-plugin");
	const { child, ended } = startProcess(process.execPath, [script, directory, ...request.getArgsList()], {
		cwd: request.getPwd() || directory,
		env,
		signal,
		stdio: ["ignore", "pipe", "pipe"],
	});
	child.stdout.on("data", output.stdout);
	child.stderr.on("data", output.stderr);
	const { code, error } = await ended;
	if (error) throw error;
	if (code) throw new Error(`Program exited with non-zero exit code: ${code}`);
}

onEngineGone(() => stopAll().finally(() => process.exit(0)));
try {
	const [runtime, ...args] = process.argv.slice(2);
	// The engine's address comes last, after flags for logging and tracing.
	serve(
		loadSdk(),
		runtime,
		args.findLast((argument) => !argument.startsWith("-")),
	);
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
