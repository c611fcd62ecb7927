import pLimit, { type LimitFunction } from "p-limit";
import { type Clock, systemClock } from "../api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../api/create";
import { deadlineIn } from "../api/deadline";
import { oneLine } from "../api/errors";
import type { OAuthClient } from "../api/models";
import { describeWait } from "../api/rate-limit-wait";
import { allowsDeletion, type ConfigReader, readConnection } from "../config";
import { BegunCreates, pulumiHome } from "./begun-creates";
import type { Credentials } from "../api/token";
import type { LifecycleContext, Ledger } from "./context";
import type { ConnectionInput, TimeoutsInput } from "./option-inputs";
import type { Settings } from "./settings";

/** How long an operation may take unless the program says otherwise, in seconds. */
const defaultTimeout = 600;

interface Connected {
	api: GenesysCloudApi;
	homeDivision: () => Promise<string>;
	authors: Set<string>;
	begunCreates: BegunCreates;
	clientsBefore: () => Promise<OAuthClient[]>;
}

/**
 * What all resources of one provider process share: for each connection an API client, with its tokens, and the home division; and
 * what was done in this run. Made on first need, so that nothing is asked of the configuration or the network before a resource
 * needs it.
 */
export class Session {
	readonly #clock: Clock;
	readonly #environment: Record<string, string | undefined>;
	readonly #say: (line: string) => void;
	readonly #ledger: Ledger = { known: new Set(), adopted: new Set(), staying: new Set(), oneAtATime: oneAtATime() };
	readonly #said = new Set<string>();
	readonly #connections = new Map<string, Connected>();
	#config: ConfigReader = () => undefined;

	constructor(options: {
		clock: Clock;
		/** The environment variables. */
		environment: Record<string, string | undefined>;
		/** Shows the user a line. */
		say: (line: string) => void;
	}) {
		this.#clock = options.clock;
		this.#environment = options.environment;
		this.#say = options.say;
	}

	/** Takes the stack's configuration. Does nothing else: Pulumi doesn't wait for it before the first calls. */
	configure(config: ConfigReader): void {
		this.#config = (key) => {
			try {
				return config(key);
			} catch {
				// Pulumi's reader throws for every key when a call came before the configuration. What is missing is said where it is needed.
				return undefined;
			}
		};
	}

	/** The time, in milliseconds since 1970. */
	now(): number {
		return this.#clock.now();
	}

	/** Notes that a client is in state: no lost client is taken for it. */
	know(clientId: string): void {
		this.#ledger.known.add(clientId);
	}

	/** Notes that the program goes on managing an adopted client: what else in state has its id isn't the client. */
	keep(clientId: string): void {
		this.#ledger.staying.add(clientId);
	}

	/** Tells the user something that is no failure; the same thing once. */
	notice(text: string): void {
		// A client's name, in the text, may hold anything.
		const line = oneLine(text);
		if (this.#said.has(line)) return;
		this.#said.add(line);
		this.#say(line);
	}

	/**
	 * What the work on a resource may use.
	 *
	 * @param settings the resource's inputs or outputs: they hold its connection and its timeouts
	 * @throws ConfigurationError each time, while something is missing
	 */
	context(settings: Settings, operation: keyof TimeoutsInput): LifecycleContext {
		const { api, ...ofConnection } = this.#connect(settings["connection"] as ConnectionInput | undefined);
		const seconds = (settings["timeouts"] as TimeoutsInput | undefined)?.[operation];
		const source =
			seconds === undefined
				? `${defaultTimeout} seconds (the default; timeouts.${operation} gives more)`
				: `${seconds} seconds (timeouts.${operation})`;
		const timeoutSeconds = seconds ?? defaultTimeout;
		const deadline = deadlineIn(timeoutSeconds, source);
		return {
			api: api.until(deadline),
			apiAfterDeadline: api,
			deadline,
			timeoutSeconds,
			clock: this.#clock,
			notice: (text) => this.notice(text),
			allowsDeletion: (clientId) => allowsDeletion(this.#environment, this.#config, clientId),
			ledger: this.#ledger,
			...ofConnection,
		};
	}

	#connect(names: ConnectionInput | undefined): Connected {
		const connection = readConnection(this.#environment, this.#config, names);
		// By what it is, not by its names: work that begins before a configuration and after it shares a token when it may.
		const key = JSON.stringify(connection);
		let connected = this.#connections.get(key);
		if (connected === undefined) {
			const api = createOAuthApi({
				...connection,
				clock: this.#clock,
				onWait: (wait) => this.notice(describeWait(wait)),
			});
			connected = {
				api,
				homeDivision: askedOnce(async () => (await api.getAuthorizationDivisionsHome()).id),
				authors: new Set(),
				begunCreates: new BegunCreates({
					organization: [connection.hosts.api, connection.credentials].map(nameOf).join(" as "),
					home: pulumiHome(this.#environment),
					now: () => this.#clock.now(),
				}),
				clientsBefore: askedOnce(async () => (await api.getOauthClients()).entities),
			};
			this.#connections.set(key, connected);
		}
		return connected;
	}
}

/** What may be written down of where a connection leads to, or of whose it is: never a secret. */
const nameOf = (part: string | Credentials) =>
	typeof part === "string" ? part : "clientId" in part ? part.clientId : "the owner of a token";

/** Asks on first need, and again only after a failure. */
function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | undefined;
	return async () => {
		answer ??= ask();
		try {
			return await answer;
		} catch (error) {
			answer = undefined;
			throw error;
		}
	};
}

/** Lets work of one name wait for other work of that name. */
function oneAtATime(): Ledger["oneAtATime"] {
	const limits = new Map<string, LimitFunction>();
	return async (name, work) => {
		const limit = limits.get(name) ?? pLimit(1);
		limits.set(name, limit);
		return limit(work);
	};
}

/** The session of this process. What it says goes to standard error, which Pulumi shows under the stack. */
export const session = new Session({
	clock: systemClock,
	environment: process.env,
	say: (line) => process.stderr.write(`${line}\n`),
});
