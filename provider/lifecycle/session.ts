import pLimit, { type LimitFunction } from "p-limit";
import { type Clock, systemClock } from "../api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../api/create";
import { deadlineIn } from "../api/deadline";
import { oneLine } from "../api/errors";
import { allowsDeletion, type ConfigReader, readConnection } from "../config";
import type { LifecycleContext, Ledger } from "./context";
import type { ConnectionInput, TimeoutsInput } from "./option-inputs";
import type { Settings } from "./settings";

/** How long an operation may take unless the program says otherwise, in seconds. */
const defaultTimeout = 600;

interface Connected {
	api: GenesysCloudApi;
	homeDivision: () => Promise<string>;
	authors: Set<string>;
}

/**
 * What all resources of one provider process share: for each connection an API client, with its one token, and the home division; and
 * what was done in this run. Made on first need, so that nothing is asked of the configuration or the network before a resource
 * needs it.
 */
export class Session {
	readonly #clock: Clock;
	readonly #environment: Record<string, string | undefined>;
	readonly #say: (line: string) => void;
	readonly #ledger: Ledger = { known: new Set(), adopted: new Set(), staying: new Set(), oneAtATime: oneAtATime() };
	readonly #said = new Set<string>();
	#config: ConfigReader = () => undefined;
	#connections = new Map<string, Connected>();

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
		this.#config = config;
		this.#connections = new Map();
	}

	/** The time, in milliseconds since 1970. */
	now(): number {
		return this.#clock.now();
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
		const { api, homeDivision, authors } = this.#connect(settings["connection"] as ConnectionInput | undefined);
		const seconds = (settings["timeouts"] as TimeoutsInput | undefined)?.[operation];
		const source =
			seconds === undefined
				? `${defaultTimeout} seconds (the default; timeouts.${operation} gives more)`
				: `${seconds} seconds (timeouts.${operation})`;
		const deadline = deadlineIn(seconds ?? defaultTimeout, source);
		return {
			api: api.until(deadline),
			apiAfterDeadline: api,
			deadline,
			clock: this.#clock,
			homeDivision,
			notice: (text) => this.notice(text),
			allowsDeletion: (clientId) => allowsDeletion(this.#environment, this.#config, clientId),
			ledger: this.#ledger,
			authors,
		};
	}

	#connect(names: ConnectionInput | undefined): Connected {
		const key = JSON.stringify(names ?? null);
		let connected = this.#connections.get(key);
		if (connected === undefined) {
			const api = createOAuthApi({ ...readConnection(this.#environment, this.#config, names), clock: this.#clock });
			connected = {
				api,
				homeDivision: askedOnce(async () => (await api.getAuthorizationDivisionsHome()).id),
				authors: new Set(),
			};
			this.#connections.set(key, connected);
		}
		return connected;
	}
}

/** Asks on first need, and again only after a failure. */
function askedOnce(ask: () => Promise<string>): () => Promise<string> {
	let answer: Promise<string> | undefined;
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
