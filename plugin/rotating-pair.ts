import { promisify } from "node:util";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
	RegisterResourceOutputsRequest,
	RegisterResourceRequest,
	type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fieldsOf } from "../provider/api/json";
import {
	type PairClient,
	defaultStart,
	isCurrent,
	nameInPair,
	ownRotation,
	stateInPair,
} from "../provider/lifecycle/rotating-oauth-client/pair-rules";
import { rotationKey } from "../provider/lifecycle/oauth-client/rotation-key";
import { type Properties, hasUnknown, unknownValue } from "../provider/lifecycle/properties";
import { engineConnection } from "./engine-connection";
import { asSecret, isSecret, withoutMarks } from "./values";

const packageName = "genesyscloud-oauth";
/** The types of the same resources of the dynamic provider: its stacks move over by one alias of the pair. */
const dynamicTypes = {
	ClientRotation: "pulumi-nodejs:dynamic/genesyscloud:ClientRotation",
	OAuthClient: "pulumi-nodejs:dynamic/genesyscloud:OAuthClient",
} as const;

/** A resource that was registered. */
interface Registered {
	urn: string;
	/** Its outputs, with Pulumi's marks. */
	outputs: Properties;
}

/**
 * Registers a `RotatingOAuthClient`: the component, its rotation, and its two clients. The same as the class of the dynamic provider, for
 * every language.
 *
 * @param provider the provider that this process is, in the engine's words: the parts of the pair are in the same organization
 */
export async function constructPair(request: ConstructRequest, provider: string): Promise<ConstructResponse> {
	const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), ...engineConnection);
	try {
		return await registerPair(new Registrar(monitor, request, provider), request);
	} finally {
		monitor.close();
	}
}

async function registerPair(registrar: Registrar, request: ConstructRequest): Promise<ConstructResponse> {
	const name = request.getName();
	const { rotation, name: clientName, ...settings } = (request.getInputs()?.toJavaScript() ?? {}) as Properties;
	const pair = await registrar.pair();
	const turn = await registrar.child("ClientRotation", pair, `${name}-rotation`, rotationInputs(rotation), []);
	const generation = withoutMarks(turn.outputs["generation"]);
	const previousActive = withoutMarks(turn.outputs["previousActive"]);
	const client = async (letter: PairClient) =>
		registrar.child(
			"OAuthClient",
			pair,
			`${name}-${letter.toLowerCase()}`,
			{
				...settings,
				name: withLetter(clientName, letter),
				secretRotation: { rotateWhenChanged: { [rotationKey]: ownNumber(letter, generation) } },
				state: stateOf(letter, generation, previousActive),
			},
			[turn.urn],
		);
	const [a, b] = await Promise.all([client("A"), client("B")]);
	const isKnown = typeof generation === "number";
	const [current, previous] = isKnown && isCurrent("B", generation) ? [b, a] : [a, b];
	const outputs = {
		...credentialOf(current, isKnown, ["clientId", "clientSecret"]),
		...credentialOf(previous, isKnown, ["previousClientId", "previousClientSecret"]),
		generation: turn.outputs["generation"],
		rotatesAt: turn.outputs["nextRotationAt"],
	};
	return registrar.finish(pair, outputs, [turn.urn, a.urn, b.urn]);
}

/** The inputs of the rotation. A part of it that is a secret doesn't make the others secrets. */
function rotationInputs(marked: unknown): Properties {
	const isWholeSecret = isSecret(marked);
	const rotation = isWholeSecret ? marked.value : marked;
	const isUnknown = withoutMarks(rotation) === unknownValue;
	const part = (name: string, fallback?: unknown) => {
		const value = isUnknown ? unknownValue : (fieldsOf(rotation)[name] ?? fallback);
		return isWholeSecret && value !== undefined ? asSecret(value) : value;
	};
	return {
		periodDays: part("periodDays"),
		startingAt: part("startingAt", defaultStart),
		rotateWhenChanged: part("rotateWhenChanged"),
		deactivatePreviousAfterDays: part("deactivatePreviousAfterDays"),
	};
}

function withLetter(name: unknown, letter: PairClient): unknown {
	if (isSecret(name)) return asSecret(withLetter(name.value, letter));
	return typeof name === "string" && !hasUnknown(withoutMarks(name)) ? nameInPair(letter, name) : name;
}

const ownNumber = (client: PairClient, generation: unknown): unknown =>
	typeof generation === "number" ? ownRotation(client, generation) : generation;

function stateOf(client: PairClient, generation: unknown, previousActive: unknown): unknown {
	if (typeof generation !== "number") return unknownValue;
	if (typeof previousActive === "boolean") return stateInPair(client, generation, previousActive);
	return isCurrent(client, generation) ? "active" : unknownValue;
}

function credentialOf({ outputs }: Registered, isKnown: boolean, [id, secret]: [string, string]): Properties {
	return {
		[id]: isKnown ? outputs["clientId"] : unknownValue,
		[secret]: asSecret(isKnown ? outputs["clientSecret"] : unknownValue),
	};
}

/** Registers resources with Pulumi's engine. */
class Registrar {
	readonly #monitor: ResourceMonitorClient;
	readonly #request: ConstructRequest;
	readonly #provider: string;

	constructor(monitor: ResourceMonitorClient, request: ConstructRequest, provider: string) {
		this.#monitor = monitor;
		this.#request = request;
		this.#provider = provider;
	}

	/** Registers the component itself. */
	async pair(): Promise<string> {
		const pair = this.#resource(this.#request.getType(), this.#request.getName(), {});
		pair.setParent(this.#request.getParent());
		pair.setAliasesList(this.#request.getAliasesList());
		pair.setDependenciesList(this.#dependencies());
		pair.setProtect(this.#request.getProtect() ?? false);
		for (const [name, provider] of this.#request.getProvidersMap().entries()) {
			pair.getProvidersMap().set(name, provider);
		}
		const { urn } = await this.#send(pair);
		return urn;
	}

	/** Registers one of its resources. */
	async child(
		type: keyof typeof dynamicTypes,
		parent: string,
		name: string,
		inputs: Properties,
		dependencies: string[],
	): Promise<Registered> {
		const child = this.#resource(`${packageName}:index:${type}`, name, inputs);
		child.setCustom(true);
		child.setParent(parent);
		child.setDependenciesList([...this.#dependencies(), ...dependencies]);
		child.setProtect(this.#request.getProtect() ?? false);
		child.setProvider(this.#provider);
		child.setRetainondelete(this.#request.getRetainondelete() ?? false);
		const former = new Alias();
		const spec = new Alias.Spec();
		spec.setType(dynamicTypes[type]);
		former.setSpec(spec);
		child.setAliasesList([former]);
		const timeouts = this.#request.getCustomtimeouts();
		if (timeouts !== undefined) {
			const custom = new RegisterResourceRequest.CustomTimeouts();
			custom.setCreate(timeouts.getCreate());
			custom.setUpdate(timeouts.getUpdate());
			custom.setDelete(timeouts.getDelete());
			child.setCustomtimeouts(custom);
		}
		return this.#send(child);
	}

	/** Ends the component with its outputs. */
	async finish(urn: string, outputs: Properties, dependencies: string[]): Promise<ConstructResponse> {
		const state = structOf(outputs);
		const request = new RegisterResourceOutputsRequest();
		request.setUrn(urn);
		request.setOutputs(state);
		await promisify<RegisterResourceOutputsRequest, unknown>(this.#monitor.registerResourceOutputs.bind(this.#monitor))(
			request,
		);
		const response = new ConstructResponse();
		response.setUrn(urn);
		response.setState(state);
		for (const name of Object.keys(outputs)) {
			const from = new ConstructResponse.PropertyDependencies();
			from.setUrnsList(dependencies);
			response.getStatedependenciesMap().set(name, from);
		}
		return response;
	}

	#dependencies(): string[] {
		const ofInputs = [...this.#request.getInputdependenciesMap().entries()].flatMap(([, from]) => from.getUrnsList());
		return [...new Set([...this.#request.getDependenciesList(), ...ofInputs])];
	}

	#resource(type: string, name: string, inputs: Properties): RegisterResourceRequest {
		const request = new RegisterResourceRequest();
		request.setType(type);
		request.setName(name);
		request.setObject(structOf(inputs));
		request.setAcceptsecrets(true);
		request.setAliasspecs(true);
		request.setSupportspartialvalues(true);
		return request;
	}

	async #send(request: RegisterResourceRequest): Promise<Registered> {
		const register = promisify<RegisterResourceRequest, RegisterResourceResponse>(
			this.#monitor.registerResource.bind(this.#monitor),
		);
		const response = await register(request);
		return { urn: response.getUrn(), outputs: response.getObject()?.toJavaScript() ?? {} };
	}
}

/** Properties with Pulumi's marks as they are; undefined ones are left out. */
const structOf = (properties: Properties): Struct =>
	Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Properties as never);
