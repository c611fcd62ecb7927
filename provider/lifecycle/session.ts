import { type Clock, systemClock } from "../api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../api/genesys-cloud-api";
import { type Deadline, deadlineIn, endsBy } from "../api/deadline";
import { ConnectionError, isApiError, oneLine } from "../api/errors";
import { describeWait } from "../api/rate-limit-wait";
import { type ConfigReader, type Connection, readConnection, readOverride } from "../config";
import type { LifecycleContext } from "./context";
import type { ConnectionInput, TimeoutsInput } from "./inputs";
import { RunRegistry } from "./run-registry";
import { secretInputHider } from "./hide-secret-inputs";
import type { Properties } from "./state/settings";

/** How long an operation may take unless the program says otherwise, in seconds. */
const defaultTimeout = 600;
/** How much longer, in seconds, to bring what was begun to a known end. */
const grace = 60;

type Connected = ReturnType<typeof connectTo>;

/**
 * What all resources of one provider process share: for each connection an API client, with its tokens, and what is asked for once; and
 * what this run has been told. Made on first need, so that nothing is asked of the configuration or the network before a resource
 * needs it.
 */
export class Session {
	readonly run = new RunRegistry();
	readonly #clock: Clock;
	readonly #environment: Record<string, string | undefined>;
	readonly #say: (line: string) => void;
	readonly #deadlineIn: typeof deadlineIn;
	readonly #said = new Set<string>();
	readonly #connections = new Map<string, Connected>();
	#config: ConfigReader = () => undefined;

	constructor(options: {
		clock: Clock;
		/** The environment variables. */
		environment: Record<string, string | undefined>;
		/** Shows the user a line. */
		say: (line: string) => void;
		/** Makes the deadline of an operation. @default by this machine's clock */
		deadlineIn?: typeof deadlineIn;
	}) {
		this.#clock = options.clock;
		this.#environment = options.environment;
		this.#say = options.say;
		this.#deadlineIn = options.deadlineIn ?? deadlineIn;
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
	context(settings: Properties, operation: keyof TimeoutsInput): LifecycleContext {
		const connected = this.#connect(settings["connection"] as ConnectionInput | undefined);
		const seconds = (settings["timeouts"] as TimeoutsInput | undefined)?.[operation];
		const source =
			seconds === undefined
				? `${defaultTimeout} seconds (the default of timeouts.${operation})`
				: `${seconds} seconds (timeouts.${operation})`;
		return this.#contextWith(
			connected,
			this.#deadlineIn(seconds ?? defaultTimeout, source),
			secretInputHider(settings),
		);
	}

	#contextWith(connected: Connected, deadline: Deadline, hide: (text: string) => string): LifecycleContext {
		const { api, homeDivision, clientsAtStart, login, creatorIds } = connected;
		// What all share is asked without a deadline; each waits for it no longer than its own.
		const inTime = async <T>(operation: string, asked: Promise<T>) =>
			endsBy(deadline, asked, () => {
				const message = `${operation} failed: timed out after ${deadline.source}. Nothing was changed: run again, or raise the timeout`;
				return new ConnectionError(message, { operation, code: "DEADLINE", mayHaveActed: false });
			});
		return {
			api: api.until(deadline),
			deadline,
			afterDeadline: () =>
				this.#contextWith(connected, deadlineIn(grace, `the operation's timeout plus ${grace} seconds`), hide),
			clock: this.#clock,
			homeDivision: async () => inTime("get_authorization_divisions_home", homeDivision()),
			clientsAtStart: async () => inTime("get_oauth_clients", clientsAtStart()),
			login: async () => inTime("get_tokens_me", login()),
			notice: (text) => this.notice(hide(text)),
			override: (override) => readOverride(this.#environment, this.#config, override),
			run: this.run,
			creatorIds,
		};
	}

	#connect(names: ConnectionInput | undefined): Connected {
		const connection = readConnection(this.#environment, this.#config, names);
		// By what it is, not by its names: work that begins before a configuration and after it shares a token when it may.
		const key = JSON.stringify(connection);
		const connected = this.#connections.get(key) ?? connectTo(connection, this.#clock, (text) => this.notice(text));
		this.#connections.set(key, connected);
		return connected;
	}
}

/** The API that a connection leads to, and what is asked of it once for all clients of a run. */
function connectTo(connection: Connection, clock: Clock, notice: (text: string) => void) {
	const api = createOAuthApi({ ...connection, clock, onWait: (wait) => notice(describeWait(wait)) });
	const { credentials } = connection;
	return {
		api,
		homeDivision: askedOnce(async () => (await api.getAuthorizationDivisionsHome()).id),
		clientsAtStart: askedOnce(async () => (await api.getOauthClients()).entities),
		// A ready token doesn't say whose it is.
		login: "clientId" in credentials ? async () => credentials.clientId : askedOnce(async () => ownerOfToken(api)),
		creatorIds: new Set<string>(),
	};
}

/** Whose token it is: a client's of the organization; of a person, who logs in with a client of the vendor's, only the organization tells. */
async function ownerOfToken(api: GenesysCloudApi): Promise<string | undefined> {
	try {
		const { OAuthClient: client, organization } = await api.getTokensMe();
		return client?.organization?.id === organization?.id ? client?.id : organization?.id;
	} catch (error) {
		// Without the scope for this a token works all the same.
		if (isApiError(error) && error.status === 403) return undefined;
		throw error;
	}
}

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

/** The session of this process. What it says goes to standard error, which Pulumi shows under the stack. */
export const session = new Session({
	clock: systemClock,
	environment: process.env,
	say: (line) => process.stderr.write(`${line}\n`),
});
