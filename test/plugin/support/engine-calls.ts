import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { onTestFinished } from "vitest";
import { ROLE_IDS, type Seed, type Simulator, startSimulator } from "../../../simulator";
import { configFor, environmentFor } from "../../api/support/simulator-connection";
import { failureOf, type PluginProcess, sharedPlugin, startPlugin } from "./plugin-process";

/** A value as Pulumi marks a secret. */
export const secretOf = (value: unknown) => ({
	"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
	value,
});
/** Pulumi's constants for an unknown string, number, list and object. */
export const unknown = {
	string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
	number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
	list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
	object: "030794c1-ac77-496b-92df-f27374a8bd58",
};
/** The URN of a resource. */
export const urnOf = (type = "OAuthClient") => `urn:pulumi:dev::infra::genesyscloud-oauth:index:${type}::app`;
/** What a program may declare of a client that acts for itself. */
export const service = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS" as const,
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
};
/** Inputs or outputs of a resource. */
export type Properties = Record<string, unknown>;

/** How a plugin is started and configured. */
interface StartOptions {
	/** Its settings, beside those that lead to the simulator where its process is shared. */
	settings?: Properties;
	name?: string;
	simulator?: Simulator;
	/** Environment variables: the plugin has then a process of its own. */
	environment?: Record<string, string>;
	/** Whether the plugin has a process of its own, whose environment leads to the simulator. @default the file's tests share one */
	isAlone?: boolean;
	seed?: Seed;
	/** The resource that the calls are about where they don't say. @default OAuthClient */
	type?: string;
}

/** A configured plugin, which knows nothing of how it was configured before, and the calls of the engine on it. */
export async function start(options: StartOptions = {}) {
	const { seed = {}, type, isAlone = false } = options;
	const simulator = options.simulator ?? (await startSimulator({ seed }));
	if (options.simulator === undefined) onTestFinished(async () => simulator.close());
	const environment = options.environment ?? (isAlone ? environmentFor(simulator) : undefined);
	const plugin = await (environment === undefined ? sharedPlugin() : startPlugin(environment));
	const configure = new proto.ConfigureRequest();
	configure.setArgs(structOf({ ...(environment === undefined && settingsFor(simulator)), ...options.settings }));
	configure.setName(options.name ?? "default");
	await plugin.call("configure", configure);
	return { simulator, ...callsOf(plugin, type), plugin };
}

/** The settings that lead to a simulator, as the engine hands them on: without the namespace. */
const settingsFor = (simulator: Simulator): Properties =>
	Object.fromEntries(
		Object.entries(configFor(simulator)).map(([key, value]) => [key.replace("genesyscloud:", ""), value]),
	);

/** Properties as gRPC sends them. */
export const structOf = (properties: Properties) => Struct.fromJavaScript(properties as never);
/** The reverse. */
export const plain = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Properties;

/** The calls of the engine, with plain objects in and out. */
export function callsOf(plugin: PluginProcess, usual = "OAuthClient") {
	const askCheck = async (news: Properties, type = usual, olds: Properties = {}) => {
		const request = new proto.CheckRequest();
		request.setUrn(urnOf(type));
		request.setOlds(structOf(olds));
		request.setNews(structOf(news));
		const answer = await plugin.call<proto.CheckResponse>("check", request);
		const failures = answer.getFailuresList().map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
		return { inputs: plain(answer.getInputs()), failures };
	};
	return {
		/** What `check` finds wrong. */
		mistakes: async (news: Properties, type = usual) => (await askCheck(news, type)).failures,
		/** The inputs, and what is wrong, in one line each. */
		check: async (news: Properties, type = usual, olds: Properties = {}) => {
			const { inputs, failures } = await askCheck(news, type, olds);
			return { inputs, reasons: failures.map(({ property, reason }) => `${property} ${reason}`.trim()) };
		},
		diff: async (id: string, olds: Properties, oldInputs: Properties, news: Properties, ignored: string[] = []) => {
			const request = new proto.DiffRequest();
			request.setId(id);
			request.setUrn(urnOf(usual));
			request.setOlds(structOf(olds));
			request.setOldInputs(structOf(oldInputs));
			request.setNews(structOf(news));
			request.setIgnorechangesList(ignored);
			const answer = await plugin.call<proto.DiffResponse>("diff", request);
			if (!answer.getHasdetaileddiff()) throw new Error("the engine would make details of its own");
			const details = answer.getDetaileddiffMap().toArray() as unknown as [string, unknown][];
			return {
				changes: answer.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
				replaces: answer.getReplacesList(),
				details: Object.fromEntries(
					details.map(([name]) => {
						const detail = answer.getDetaileddiffMap().get(name)!;
						return [name, { kind: kindNames[detail.getKind()], inputDiff: detail.getInputdiff() }];
					}),
				),
			};
		},
		create: async (properties: Properties, { preview = false, timeout = 0, type = usual } = {}) => {
			const request = new proto.CreateRequest();
			request.setUrn(urnOf(type));
			request.setProperties(structOf(properties));
			request.setPreview(preview);
			request.setTimeout(timeout);
			const answer = await plugin.call<proto.CreateResponse>("create", request);
			return { id: answer.getId(), outputs: plain(answer.getProperties()) };
		},
		update: async (
			id: string,
			olds: Properties,
			news: Properties,
			{ preview = false, timeout = 0, type = usual, oldInputs = {} } = {},
		) => {
			const request = new proto.UpdateRequest();
			request.setId(id);
			request.setUrn(urnOf(type));
			request.setOlds(structOf(olds));
			request.setOldInputs(structOf(oldInputs));
			request.setNews(structOf(news));
			request.setPreview(preview);
			request.setTimeout(timeout);
			return plain((await plugin.call<proto.UpdateResponse>("update", request)).getProperties());
		},
		read: async (id: string, properties: Properties = {}, inputs: Properties = {}) => {
			const request = new proto.ReadRequest();
			request.setId(id);
			request.setUrn(urnOf(usual));
			request.setProperties(structOf(properties));
			request.setInputs(structOf(inputs));
			const answer = await plugin.call<proto.ReadResponse>("read", request);
			return { id: answer.getId(), outputs: plain(answer.getProperties()), inputs: plain(answer.getInputs()) };
		},
		remove: async (id: string, properties: Properties, timeout = 0, oldInputs: Properties = {}) => {
			const request = new proto.DeleteRequest();
			request.setId(id);
			request.setUrn(urnOf(usual));
			request.setProperties(structOf(properties));
			request.setOldInputs(structOf(oldInputs));
			request.setTimeout(timeout);
			await plugin.call("delete", request);
		},
		invoke: async (name: string, args: Properties) => {
			const request = new proto.InvokeRequest();
			request.setTok(`genesyscloud-oauth:index:${name}`);
			request.setArgs(structOf(args));
			return plain((await plugin.call<proto.InvokeResponse>("invoke", request)).getReturn());
		},
	};
}

const kindNames = Object.fromEntries(Object.entries(proto.PropertyDiff.Kind).map(([name, kind]) => [kind, name]));
/** The value of a secret. */
export const secretIn = (value: unknown) => (value as { value: string }).value;

/** A client that the stack has made. */
export async function withClient(options: StartOptions = {}) {
	const calls = await start(options);
	const { inputs } = await calls.check(service);
	return { ...calls, inputs, ...(await calls.create(inputs)) };
}

/** What the engine saves of a resource whose create or update fails. */
export async function savedBy(call: Promise<unknown>) {
	const { metadata } = await failureOf(call);
	const [bytes] = metadata.get("grpc-status-details-bin");
	const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
	const saved = proto.ErrorResourceInitFailed.deserializeBinary(any!.getValue_asU8());
	return {
		id: saved.getId(),
		properties: plain(saved.getProperties()),
		inputs: plain(saved.getInputs()),
		reasons: saved.getReasonsList(),
	};
}
