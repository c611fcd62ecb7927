import * as pulumi from "@pulumi/pulumi";
import type { DeepInputs } from "./deep-input";
import type { OAuthClientInputs } from "./lifecycle/inputs";
import { rotationKey } from "./lifecycle/secret/rotation-key";
import { OAuthClient } from "./oauth-client";
import { providerProperty, serializedRotation } from "./serialized-provider";

/** When a {@link RotatingOAuthClient} rotates. Give `periodDays` or `rotateWhenChanged`. */
export interface RotationInputs {
	/**
	 * How long a client is current, in days (0.01 to 3650). The first `pulumi up` in a new period rotates: it renews the standby client and
	 * makes it current; nothing happens without a run. When periods were missed, it rotates once; and rotations are half a period apart at
	 * least.
	 */
	periodDays?: number;
	/**
	 * Where the periods are counted from: a date, or a date with time, ISO 8601.
	 *
	 * @default "2020-01-01T00:00:00Z"
	 */
	startingAt?: string;
	/** Any values: when one of them changes, the next run rotates. */
	rotateWhenChanged?: Record<string, unknown>;
	/**
	 * When the previous client is made inactive, in days from the rotation that made it so: from then on nobody can log in with it until
	 * the next rotation. Genesys Cloud deletes clients that stay inactive for 7 days, so this must be at least the period less 6, and takes
	 * `periodDays`.
	 *
	 * @default never
	 */
	deactivatePreviousAfterDays?: number;
}

/** What a program declares of a {@link RotatingOAuthClient}: an OAuthClient, and when it rotates. */
export interface RotatingOAuthClientInputs extends Omit<OAuthClientInputs, "adopt" | "secretRotation" | "state"> {
	/** When it rotates. */
	rotation: RotationInputs;
}

/** What a program declares of a {@link RotatingOAuthClient}; every value may be an output of another resource. */
export type RotatingOAuthClientArgs = DeepInputs<RotatingOAuthClientInputs>;

/** What an application logs in with. */
export interface RotatingCredential {
	/** The client id. */
	clientId: pulumi.Output<string>;
	/** The client secret, a Pulumi secret. */
	clientSecret: pulumi.Output<string>;
}

/** Remembers which client is current; its provider decides that, so that a preview knows it. */
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
		super(
			"pulumi-nodejs:dynamic/genesyscloud:ClientRotation",
			name,
			{ ...outputs, ...rotation, [providerProperty]: serializedRotation },
			opts,
		);
	}
}

/**
 * An OAuth client whose secret is renewed without a failed login: one declaration, two clients in Genesys Cloud that take turns. A
 * rotation renews the standby client and makes it `current`; the other becomes `previous` and stays valid until the next rotation, so
 * whoever still uses it has a whole period to fetch the new credential.
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
	/** The type under which Pulumi knows this component. */
	static readonly __pulumiType = "genesyscloud:index:RotatingOAuthClient";

	/** What to log in with. */
	readonly current: RotatingCredential;
	/** What was current before, and is valid until the next rotation (or until `deactivatePreviousAfterDays`). */
	readonly previous: RotatingCredential;
	/** How many rotations there have been. */
	readonly generation: pulumi.Output<number>;
	/** When the next rotation is due: ISO 8601, UTC; undefined where `rotateWhenChanged` decides. */
	readonly rotatesAt: pulumi.Output<string | undefined>;

	/**
	 * Declares a pair of clients.
	 *
	 * @param name the component's name within the stack; the clients are `{name}-a` and `{name}-b`
	 * @param args the clients' settings, and when it rotates; in Genesys Cloud they are named `{args.name} (A)` and `(B)`
	 * @param opts Pulumi's resource options
	 */
	constructor(name: string, args: RotatingOAuthClientArgs, opts?: pulumi.ComponentResourceOptions) {
		super(RotatingOAuthClient.__pulumiType, name, {}, opts);
		const { rotation, name: clientName, ...settings } = args;
		const parent = { parent: this };
		// Each part for itself: one that is a secret, or isn't known yet, must not make the others so.
		const part = <Name extends keyof RotationInputs>(input: Name): pulumi.Input<RotationInputs[Name]> | undefined =>
			pulumi.Output.isInstance(rotation) || rotation instanceof Promise
				? pulumi.output(rotation).apply((known) => (known as RotationInputs)[input])
				: (rotation as { [Each in keyof RotationInputs]: pulumi.Input<RotationInputs[Each]> })[input];
		const clientRotation = new ClientRotation(
			`${name}-rotation`,
			{
				periodDays: part("periodDays"),
				startingAt: pulumi.output(part("startingAt")).apply((given) => given ?? "2020-01-01T00:00:00Z"),
				rotateWhenChanged: part("rotateWhenChanged"),
				deactivatePreviousAfterDays: part("deactivatePreviousAfterDays"),
			},
			parent,
		);
		// In even generations A is current, in odd ones B; the other keeps the number of its own last rotation, and so its secret.
		const client = (letter: "A" | "B", evenness: 0 | 1) => {
			const isCurrent = clientRotation.generation.apply((generation) => generation % 2 === evenness);
			const own = clientRotation.generation.apply((generation) =>
				generation % 2 === evenness ? generation : generation - 1,
			);
			return new OAuthClient(
				`${name}-${letter.toLowerCase()}`,
				{
					...settings,
					name: pulumi.interpolate`${clientName} (${letter})`,
					secretRotation: { rotateWhenChanged: { [rotationKey]: own } },
					state: pulumi
						.all([isCurrent, clientRotation.previousActive])
						.apply(([current, previousActive]) => (current || previousActive ? "active" : "inactive")),
				},
				parent,
			);
		};
		const a = client("A", 0);
		const b = client("B", 1);
		const pick = (evenness: 0 | 1): RotatingCredential => {
			const chosen = <T>(ofA: pulumi.Output<T>, ofB: pulumi.Output<T>) =>
				pulumi
					.all([clientRotation.generation, ofA, ofB])
					.apply(([generation, fromA, fromB]) => (generation % 2 === evenness ? fromA : fromB));
			return { clientId: chosen(a.clientId, b.clientId), clientSecret: chosen(a.clientSecret, b.clientSecret) };
		};
		this.current = pick(0);
		this.previous = pick(1);
		this.generation = clientRotation.generation;
		this.rotatesAt = clientRotation.nextRotationAt;
		this.registerOutputs({
			current: this.current,
			previous: this.previous,
			generation: this.generation,
			rotatesAt: this.rotatesAt,
		});
	}
}
