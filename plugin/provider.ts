import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { GenesysCloudApi } from "../provider/api/genesys-cloud-api";
import { createLifecycle } from "../provider/lifecycle/create-lifecycle";
import type { CheckFailure } from "../provider/lifecycle/check-arguments";
import { secretInputHider } from "../provider/lifecycle/hide-secret-inputs";
import { withoutValue } from "../provider/lifecycle/presentable-errors";
import { hasUnknown, type Properties } from "../provider/lifecycle/properties";
import type { Connect } from "../provider/lookups/find/connect";
import type { Environment } from "../provider/setting-places";
import { readStackEntries } from "../provider/lifecycle/stack-entries";
import { detailedDiff } from "./detailed-diff";
import type { EngineLog } from "./engine-log";
import { functions } from "./functions";
import { lists, pageOf } from "./lists";
import { type Lifecycle, type PluginResource, resourcesOf, secretParts } from "./resources";
import type { Saved } from "./service-error";
import { checkSettings, isExplicit, secretSettings, settingReader } from "./settings";
import { type Unmarked, mark, unmark } from "./values";
import schema from "./schema.json";

const namespace = "genesyscloud-oauth";

/** What the provider answers to a call about a resource or function: all that it says in the engine's own terms. */
export class Provider {
	readonly #log: EngineLog;
	readonly #environment: Environment;
	readonly #cancellation = new AbortController();
	#configured: { lifecycle: Lifecycle; resources: Readonly<Record<string, PluginResource>> } | undefined;

	constructor(log: EngineLog, environment: Environment) {
		this.#log = log;
		this.#environment = environment;
	}

	/** Checks the settings of a provider. */
	checkConfig(request: proto.CheckRequest): proto.CheckResponse {
		const given = unmarked(request.getNews());
		return checked(
			mark(given.properties, [...secretSettings, ...given.secrets]),
			checkSettings(given, request.getUrn(), this.#environment),
		);
	}

	/** Other settings are a change, never a replacement: the clients in state stay. */
	diffConfig(request: proto.DiffRequest): proto.DiffResponse {
		const response = new proto.DiffResponse();
		const same =
			JSON.stringify(request.getOlds()?.toJavaScript()) === JSON.stringify(request.getNews()?.toJavaScript());
		response.setChanges(same ? proto.DiffResponse.DiffChanges.DIFF_NONE : proto.DiffResponse.DiffChanges.DIFF_SOME);
		return response;
	}

	/** Receives the settings. */
	configure(request: proto.ConfigureRequest): proto.ConfigureResponse {
		const { properties: settings } = unmarked(request.getArgs());
		const read = settingReader(settings);
		const lifecycle = createLifecycle({
			namespace,
			environment: this.#environment,
			cancelled: this.#cancellation.signal,
			say: (text) => this.#log.info(text),
			warn: (text) => this.#log.warn(text),
			warnOfRun: (text) => this.#log.warnOfStack(text),
			readEntries: readStackEntries,
		});
		const name = request.getName() ?? "";
		if (isExplicit(name)) lifecycle.session.configureProvider(name, read);
		else lifecycle.session.configure((key) => read(key.slice(`${namespace}:`.length)));
		this.#configured = { lifecycle, resources: resourcesOf(lifecycle) };
		const response = new proto.ConfigureResponse();
		response.setAcceptsecrets(true);
		response.setSupportspreview(true);
		return response;
	}

	/** Checks the program's arguments. */
	async check(request: proto.CheckRequest): Promise<proto.CheckResponse> {
		const resource = this.#resource(request);
		const given = unmarked(request.getNews());
		for (const warning of resource.warnings(given)) this.#log.warn(warning);
		const wrong = Object.keys(resource.instead).filter((name) => given.properties[name] !== undefined);
		const news = { ...given.properties, ...resource.added?.(request.getNews()?.toJavaScript() ?? {}) };
		for (const name of wrong) delete news[name];
		const { inputs, failures } = await resource.operations.check(
			request.getUrn(),
			unmarked(request.getOlds()).properties,
			withSecretNames(resource, news, given.secrets),
		);
		const hidden = new Set([...resource.secrets.inputs, ...given.secrets]);
		const shown = new Set(resource.arguments.filter((name) => !hidden.has(name)));
		return checked(marked(resource, inputs, given.secrets), [
			...failures.map((failure) => withPath(failure, shown, given.properties)),
			...wrong.map((name) => ({ property: "", reason: `${name} is not an argument here; ${resource.instead[name]}` })),
		]);
	}

	/** Compares state with the program's arguments. */
	async diff(request: proto.DiffRequest): Promise<proto.DiffResponse> {
		const resource = this.#resource(request);
		const olds = unmarked(request.getOlds());
		const oldInputs = unmarked(request.getOldInputs());
		const news = unmarked(request.getNews());
		for (const warning of resource.warnings(news, olds.properties)) this.#log.warn(warning);
		const { changes, changed, hasOtherWork, replaces } = await resource.operations.diff(
			request.getUrn(),
			request.getId(),
			withSecretNames(resource, olds.properties, oldInputs.secrets),
			withSecretNames(resource, news.properties, news.secrets),
		);
		const names = changed.flatMap((name) =>
			name === "secretInputs" ? namesThatDiffer(oldInputs.secrets, news.secrets) : [name],
		);
		const ignored = new Set(request.getIgnorechangesList());
		const shown = names.filter((name) => !ignored.has(name));
		const areAllIgnored = names.length > 0 && shown.length === 0 && replaces.length === 0 && !hasOtherWork;
		const response = new proto.DiffResponse();
		const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
		response.setChanges(changes && !areAllIgnored ? DIFF_SOME : DIFF_NONE);
		response.setReplacesList(replaces);
		response.setHasdetaileddiff(true);
		for (const [name, detail] of detailedDiff(shown, replaces, oldInputs.properties, news.properties)) {
			response.getDetaileddiffMap().set(name, detail);
		}
		return response;
	}

	/** Creates or adopts a resource, or foretells that. */
	async create(request: proto.CreateRequest): Promise<proto.CreateResponse> {
		const resource = this.#resource(request);
		const { properties, secrets } = unmarked(request.getProperties());
		const inputs = withSecretNames(resource, properties, secrets);
		const response = new proto.CreateResponse();
		if (request.getPreview()) {
			response.setProperties(marked(resource, await resource.operations.preview(request.getUrn(), inputs), secrets));
			return response;
		}
		const { id, outs } = await resource.operations.create(request.getUrn(), inputs, secondsOf(request));
		const { adopt } = properties;
		for (const warning of resource.warnings({ properties: { adopt }, secrets }, { ...outs })) this.#log.warn(warning);
		response.setId(id);
		response.setProperties(marked(resource, { ...outs }, secrets));
		return response;
	}

	/** Reads a resource: for a refresh, an import, or a program that only reads it. */
	async read(request: proto.ReadRequest): Promise<proto.ReadResponse> {
		const resource = this.#resource(request);
		const state = unmarked(request.getProperties());
		const { secrets } = unmarked(request.getInputs());
		const found = await resource.operations.read(
			request.getUrn(),
			request.getId(),
			withSecretNames(resource, state.properties, secrets),
		);
		const response = new proto.ReadResponse();
		response.setId(found.id);
		if (found.props === undefined) return response;
		const outputs: Properties = { ...found.props };
		const inputs = found.isNew === true ? resource.operations.toInputs(outputs) : found.inputs;
		response.setProperties(marked(resource, outputs, secrets));
		response.setInputs(inputs === undefined ? request.getInputs() : marked(resource, inputs, secrets));
		return response;
	}

	/** Updates a resource in place, or foretells that. */
	async update(request: proto.UpdateRequest): Promise<proto.UpdateResponse> {
		const resource = this.#resource(request);
		const id = request.getId();
		const { properties, secrets } = unmarked(request.getNews());
		const inputs = withSecretNames(resource, properties, secrets);
		const { secrets: oldSecrets } = unmarked(request.getOldInputs());
		const olds = withSecretNames(resource, unmarked(request.getOlds()).properties, oldSecrets);
		const outs = request.getPreview()
			? await resource.operations.preview(request.getUrn(), inputs, { id, olds })
			: (await resource.operations.update(request.getUrn(), { id, olds }, inputs, secondsOf(request))).outs;
		const response = new proto.UpdateResponse();
		response.setProperties(marked(resource, { ...outs }, secrets));
		return response;
	}

	/** Deletes a resource. */
	async delete(request: proto.DeleteRequest): Promise<void> {
		const resource = this.#resource(request);
		const { secrets } = unmarked(request.getOldInputs());
		const props = withSecretNames(resource, unmarked(request.getProperties()).properties, secrets);
		await resource.operations.delete(request.getUrn(), request.getId(), props, secondsOf(request));
	}

	/** Runs a lookup. */
	async invoke(request: proto.InvokeRequest): Promise<proto.InvokeResponse> {
		const lookUp = functions[request.getTok().split(/[:/]/).at(-1) ?? ""];
		if (lookUp === undefined) throw oneLineError(`genesyscloud-oauth has no function ${request.getTok()}`);
		const args = unmarked(request.getArgs());
		const result: Properties = { ...(await this.#found(args, lookUp)) };
		const response = new proto.InvokeResponse();
		response.setReturn(mark(result, args.secrets.length > 0 ? Object.keys(result) : []));
		return response;
	}

	/** Lists the resources that exist, or a page of them. */
	async list(request: proto.ListRequest): Promise<proto.ListResponse[]> {
		const type = request.getToken();
		const list = lists[type.split(":").at(-1) ?? ""];
		if (list === undefined) {
			throw oneLineError(`${type} can't be listed: use one of ${Object.keys(lists).join(", ")}`);
		}
		const query = unmarked(request.getQuery());
		if (hasUnknown(query.properties)) return [new proto.ListResponse().setComputed(new proto.ListResponse.Computed())];
		const { page, next } = pageOf(await this.#found(query, list), {
			limit: request.getLimit(),
			pageSize: request.getPageSize(),
			token: request.getContinuationToken(),
		});
		const results = page.map(({ id, name }) => {
			const result = new proto.ListResponse.Result();
			result.setId(id);
			result.setName(name);
			return new proto.ListResponse().setResult(result);
		});
		const continuation = new proto.ListResponse.Continuation();
		continuation.setContinuationToken(next);
		return [...results, new proto.ListResponse().setContinuation(continuation)];
	}

	/** What a lookup finds; its error is one line, without a secret of its arguments. */
	async #found<T>(
		{ properties, secrets }: Unmarked,
		lookUp: (connect: Connect<GenesysCloudApi>, args: never) => Promise<T>,
	): Promise<T> {
		try {
			return await lookUp(() => this.#lifecycle.session.api(), properties as never);
		} catch (error) {
			const hide = secretInputHider({ ...properties, secretInputs: secrets });
			throw error instanceof Error ? oneLineError(hide(error.message)) : error;
		}
	}

	/** Ends what waits, and sends no further request: the user has cancelled the run, for which this process serves. */
	cancel(): void {
		this.#cancellation.abort();
	}

	/** What Pulumi saves of a resource whose creation or update failed. */
	savedOf(request: { getUrn(): string }, inputs: Struct | undefined): Saved {
		const { secrets } = unmarked(inputs);
		const resource = this.#resource(request);
		return { mark: (properties) => marked(resource, properties, secrets), inputs };
	}

	get #lifecycle(): Lifecycle {
		return this.#ready.lifecycle;
	}

	/** The engine configures the provider before it asks about a resource. */
	get #ready() {
		if (this.#configured === undefined) throw oneLineError("genesyscloud-oauth isn't configured yet");
		return this.#configured;
	}

	#resource(request: { getUrn(): string }): PluginResource {
		const type = request.getUrn().split("::")[2]?.split("$").at(-1) ?? "";
		const resource = this.#ready.resources[type.split(":").at(-1) ?? ""];
		if (resource === undefined) throw oneLineError(`genesyscloud-oauth has no resource ${type}`);
		return resource;
	}
}

/** Pulumi's schema of the plugin, as text. */
export const schemaText = JSON.stringify(schema);
/** The version of the plugin. */
export const { version } = schema;

/** Properties without Pulumi's marks, and without what only the dynamic provider knows, of a stack that was its. */
function unmarked(struct: Struct | undefined): Unmarked {
	const { properties, secrets } = unmark(struct, secretParts);
	return {
		properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith("__"))),
		secrets,
	};
}

/** The seconds of `customTimeouts`; undefined without them. */
const secondsOf = (request: { getTimeout(): number }) => request.getTimeout() || undefined;

const namesThatDiffer = (one: string[], other: string[]) => [
	...one.filter((name) => !other.includes(name)),
	...other.filter((name) => !one.includes(name)),
];

function oneLineError(message: string): Error {
	const error = new Error(message);
	error.stack = message;
	return error;
}

/** Properties with the names of the secret inputs: the life cycle gets plain values, and must not show those. */
function withSecretNames(resource: PluginResource, properties: Properties, secrets: string[]): Properties {
	const always = resource.secrets.inputs.filter((name) => properties[name] !== undefined);
	const secretInputs = [...new Set([...secrets, ...always])].toSorted();
	// The dynamic provider keeps them in state, where the plugin has Pulumi's marks.
	const { secretInputs: _former, ...others } = properties;
	return secretInputs.length === 0 ? others : { ...others, secretInputs };
}

/** Inputs or outputs for Pulumi, with the secret ones marked. */
function marked(resource: PluginResource, properties: Properties, secrets: string[]): Struct {
	const { secretInputs: _names, ...others } = properties;
	return mark(others, [...resource.secretOutputs(secrets), ...resource.secrets.inputs, ...secrets], secretParts);
}

/**
 * A check failure with the path of its argument, unless engines would print a secret beside it, in plain text too: they print the input of that
 * very name. An argument is then named in the reason: one that is a secret or may hold one, or that nobody knows.
 *
 * @param shown the arguments that aren't secrets
 */
function withPath(failure: CheckFailure, shown: ReadonlySet<string>, inputs: Properties): CheckFailure {
	const { property } = failure;
	const [argument = ""] = property.split(/[.[]/, 1);
	const printed = inputs[property];
	const isPlain = printed === undefined || (property === argument && typeof printed !== "object");
	return shown.has(argument) && isPlain ? failure : withoutValue(failure);
}

function checked(inputs: Struct, failures: CheckFailure[]): proto.CheckResponse {
	const response = new proto.CheckResponse();
	response.setInputs(inputs);
	response.setFailuresList(
		failures.map(({ property, reason }) => {
			const failure = new proto.CheckFailure();
			failure.setProperty(property);
			failure.setReason(reason);
			return failure;
		}),
	);
	return response;
}
