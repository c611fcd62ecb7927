import * as pulumi from "@pulumi/pulumi";
import type { DeepInputs } from "./deep-input";
import type { OAuthClientInputs } from "./lifecycle/oauth-client/inputs";
import {
	defaultStart,
	isCurrent,
	nameInPair,
	ownRotation,
	type PairClient,
	stateInPair,
} from "./lifecycle/rotating-oauth-client/pair-rules";
import { rotationKey } from "./lifecycle/oauth-client/rotation-key";
import { hiddenArguments } from "./hidden-arguments";
import { OAuthClient, type OAuthClientArgs } from "./oauth-client";
import { requireProgramDependency } from "./require-program-dependency";
import { providerProperty, serializedRotation } from "./serialized-provider";

/** When a {@link RotatingOAuthClient} rotates. Set either `periodDays` or `rotateWhenChanged`. */
export interface RotationInputs {
	/**
	 * How long a client is current, in days (0.01 to 3650). The first `pulumi up` in a new period rotates: it gives the standby client a
	 * new secret and makes it current. Nothing happens without a run. After missed periods it rotates once. Rotations are at least half a
	 * period apart.
	 */
	periodDays?: number;
	/**
	 * The start of the first period: an ISO 8601 date or date-time.
	 *
	 * @default "2020-01-01T00:00:00Z"
	 */
	startingAt?: string;
	/** Any values: when one of them changes, the next `pulumi up` rotates. */
	rotateWhenChanged?: Record<string, unknown>;
	/**
	 * When the previous client is set to inactive, in days after the rotation: logins with it then fail until the next rotation. Genesys
	 * Cloud deletes clients that are inactive for 7 days, so this must be at least `periodDays` minus 6, and needs `periodDays`.
	 *
	 * @default never
	 */
	deactivatePreviousAfterDays?: number;
}

/** The plain arguments of a {@link RotatingOAuthClient}: those of an OAuthClient, and when it rotates. */
export interface RotatingOAuthClientInputs extends Omit<OAuthClientInputs, "adopt" | "secretRotation" | "state"> {
	/** When to rotate. */
	rotation: RotationInputs;
}

/** The arguments of a {@link RotatingOAuthClient}; every value may be an output of another resource. */
export type RotatingOAuthClientArgs = DeepInputs<RotatingOAuthClientInputs>;

/** The credentials that an application logs in with. */
export interface RotatingCredential {
	/** The client id. */
	clientId: pulumi.Output<string>;
	/** The client secret, a Pulumi secret. */
	clientSecret: pulumi.Output<string>;
	/** The deletion guard of both clients. */
	deletionGuard?: OAuthClientArgs["deletionGuard"];
	/** The connection of both clients. */
	connection?: OAuthClientArgs["connection"];
}

/** Stores which client is current; its provider decides that, so that a preview knows it. */
class ClientRotation extends pulumi.CustomResource {
	declare readonly generation: pulumi.Output<number>;
	declare readonly previousActive: pulumi.Output<boolean>;
	declare readonly nextRotationAt: pulumi.Output<string | undefined>;

	constructor(name: string, rotation: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
		const outputs = {
			generation: undefined,
			since: undefined,
			previousActive: undefined,
			nextRotationAt: undefined,
		};
		const type = "pulumi-nodejs:dynamic/genesyscloud:ClientRotation";
		super(
			type,
			name,
			{ ...outputs, ...rotation, ...hiddenArguments(name, type, opts), [providerProperty]: serializedRotation },
			opts,
		);
	}
}

/**
 * An OAuth client whose secret is rotated without a failed login: one declaration, two alternating clients in Genesys Cloud. A rotation
 * gives the standby client a new secret and makes it `current`. The other becomes `previous` and stays valid until the next rotation, so
 * applications have a whole period to fetch the new credentials.
 *
 * ```ts
 * const crm = new RotatingOAuthClient("crm-sync", {
 *   name: "CRM sync",
 *   authorizedGrantType: "CLIENT-CREDENTIALS",
 *   roleDivisions: [{ roleId }],
 *   rotation: { periodDays: 30 },
 * });
 * export const { clientId, clientSecret } = crm.current;
 * ```
 */
export class RotatingOAuthClient extends pulumi.ComponentResource {
	/** The type of this component in Pulumi. */
	static readonly __pulumiType = "genesyscloud:index:RotatingOAuthClient";

	/** The credentials to log in with. */
	readonly current: RotatingCredential;
	/** The credentials that were current before, valid until the next rotation or `deactivatePreviousAfterDays`. */
	readonly previous: RotatingCredential;
	/** The number of rotations so far. */
	readonly generation: pulumi.Output<number>;
	/** When the next rotation is due: ISO 8601, UTC; undefined with `rotateWhenChanged`. */
	readonly rotatesAt: pulumi.Output<string | undefined>;

	/**
	 * Declares a pair of clients.
	 *
	 * @param name the component's name in the stack; the clients are `{name}-a` and `{name}-b`
	 * @param args the clients' settings and when to rotate; in Genesys Cloud the clients are named `{args.name} (A)` and `(B)`
	 * @param opts Pulumi's resource options
	 */
	constructor(name: string, args: RotatingOAuthClientArgs, opts?: pulumi.ComponentResourceOptions) {
		requireProgramDependency();
		super(RotatingOAuthClient.__pulumiType, name, {}, opts);
		const { rotation, name: clientName, ...settings } = args;
		// A stack of the plugin moves over by one alias of the pair.
		const childOf = (type: string) => ({ parent: this, aliases: [{ type: `genesyscloud-oauth:index:${type}` }] });
		// Each part separately: a secret or unknown part must not make the others secret or unknown.
		const part = <Name extends keyof RotationInputs>(input: Name): pulumi.Input<RotationInputs[Name]> | undefined =>
			pulumi.Output.isInstance(rotation) || rotation instanceof Promise
				? pulumi.output(rotation).apply((known) => (known as RotationInputs)[input])
				: (rotation as { [Each in keyof RotationInputs]: pulumi.Input<RotationInputs[Each]> })[input];
		const clientRotation = new ClientRotation(
			`${name}-rotation`,
			{
				periodDays: part("periodDays"),
				startingAt: pulumi.output(part("startingAt")).apply((given) => given ?? defaultStart),
				rotateWhenChanged: part("rotateWhenChanged"),
				deactivatePreviousAfterDays: part("deactivatePreviousAfterDays"),
			},
			childOf("ClientRotation"),
		);
		const client = (letter: PairClient) => {
			const own = clientRotation.generation.apply((generation) => ownRotation(letter, generation));
			return new OAuthClient(
				`${name}-${letter.toLowerCase()}`,
				{
					...settings,
					name: pulumi.output(clientName).apply((known) => nameInPair(letter, known)),
					secretRotation: { rotateWhenChanged: { [rotationKey]: own } },
					state: pulumi
						.all([clientRotation.generation, clientRotation.previousActive])
						.apply(([generation, previousActive]) => stateInPair(letter, generation, previousActive)),
				},
				childOf("OAuthClient"),
			);
		};
		const a = client("A");
		const b = client("B");
		const pick = (ofCurrent: boolean): RotatingCredential => {
			const chosen = <T>(ofA: pulumi.Output<T>, ofB: pulumi.Output<T>) =>
				pulumi
					.all([clientRotation.generation, ofA, ofB])
					.apply(([generation, fromA, fromB]) => (isCurrent("A", generation) === ofCurrent ? fromA : fromB));
			return {
				clientId: chosen(a.clientId, b.clientId),
				clientSecret: chosen(a.clientSecret, b.clientSecret),
				...(settings.deletionGuard === undefined ? {} : { deletionGuard: settings.deletionGuard }),
				...(settings.connection === undefined ? {} : { connection: settings.connection }),
			};
		};
		this.current = pick(true);
		this.previous = pick(false);
		this.generation = clientRotation.generation;
		this.rotatesAt = clientRotation.nextRotationAt;
		this.registerOutputs({
			current: idAndSecret(this.current),
			previous: idAndSecret(this.previous),
			generation: this.generation,
			rotatesAt: this.rotatesAt,
		});
	}
}

const idAndSecret = ({ clientId, clientSecret }: RotatingCredential) => ({ clientId, clientSecret });
