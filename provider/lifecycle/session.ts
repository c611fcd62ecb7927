import { type Clock, systemClock } from "../api/clock";
import { type GenesysCloudApi, createOAuthApi } from "../api/genesys-cloud-api";
import { type Deadline, deadlineIn, endsBy } from "../api/deadline";
import { ConnectionError, printable } from "../api/errors";
import { describeWait } from "../api/rate-limit-wait";
import { type Connection, faultsOf, readConnection, readOverride } from "../config";
import {
	type ConfigReader,
	type Environment,
	type Namespace,
	type Place,
	connectionPlace,
	environmentPlace,
	providerPlace,
	usualPlaces,
} from "../setting-places";
import { askedOnce } from "./asked-once";
import { clientKind } from "./oauth-client/kind";
import type { LifecycleContext } from "./context";
import { credentialKind } from "./integration-credential/kind";
import type { ConnectionInput, TimeoutsInput } from "./shared-inputs";
import { loginOf } from "./login-of";
import { RunRegistry } from "./run-registry";
import { secretInputHider } from "./hide-secret-inputs";
import type { Properties } from "./properties";

/** The default timeout of an operation, in seconds. */
const defaultTimeout = 600;
/** The extra time to finish work with an unknown outcome after a timeout, in seconds. */
const grace = 60;

type Connected = ReturnType<typeof connectTo>;

/** What a session needs from the process that it runs in. */
export interface SessionOptions {
	/** The environment variables. */
	environment: Environment;
	/** Shows a line to the user. */
	say: (line: string) => void;
	/** Shows a line as a warning. @default `say`, after the word "warning" */
	warn?: (line: string) => void;
	/** The namespace of the stack's configuration. @default "genesyscloud" */
	namespace?: Namespace;
	/** The clock. @default the system's */
	clock?: Clock;
	/** Creates the deadline of an operation. @default one by the system clock */
	deadlineIn?: typeof deadlineIn;
}

/**
 * What all resources of a provider process share: an API client per connection, with its tokens and one-time requests, and the run registry.
 * Created on first use, so that neither configuration nor network is needed before a resource needs them.
 */
export class Session {
	/** What this run knows about clients. */
	readonly run = new RunRegistry(clientKind);
	/** What this run knows about integration credentials. */
	readonly credentials = new RunRegistry(credentialKind);
	readonly #clock: Clock;
	readonly #namespace: Namespace;
	readonly #environment: Environment;
	readonly #say: (line: string) => void;
	readonly #warn: (line: string) => void;
	readonly #deadlineIn: typeof deadlineIn;
	readonly #said = new Set<string>();
	readonly #connections = new Map<string, Connected>();
	#config: ConfigReader = () => undefined;
	#usual: readonly Place[];

	constructor(options: SessionOptions) {
		this.#clock = options.clock ?? systemClock;
		this.#environment = options.environment;
		this.#namespace = options.namespace ?? "genesyscloud";
		this.#say = options.say;
		this.#warn = options.warn ?? ((line) => options.say(`warning: ${line}`));
		this.#deadlineIn = options.deadlineIn ?? deadlineIn;
		this.#usual = usualPlaces(this.#environment, this.#config, this.#namespace);
	}

	/** Receives the stack's configuration. Only stores it, since Pulumi doesn't wait for it before the first calls. */
	configure(config: ConfigReader): void {
		this.#config = (key) => {
			try {
				return config(key);
			} catch {
				// Pulumi's reader throws for every key if an operation came before the configuration. A missing setting is reported when it is needed.
				return undefined;
			}
		};
		this.#usual = usualPlaces(this.#environment, this.#config, this.#namespace);
	}

	/**
	 * Receives the settings of an explicit provider, which come before the environment.
	 *
	 * @param provider the provider's name in the stack
	 */
	configureProvider(provider: string, read: (name: string) => string | undefined): void {
		this.#usual = [providerPlace(provider, read), environmentPlace(this.#environment)];
	}

	/** The time, in milliseconds since 1970. */
	now(): number {
		return this.#clock.now();
	}

	/** Shows a notice to the user; the same notice only once. */
	notice(text: string): void {
		this.#once(text, this.#say);
	}

	/**
	 * What is missing or invalid in a connection of its own, without a call; empty if nothing is.
	 *
	 * @param names its variables and keys
	 */
	faultsOf(names: ConnectionInput): string[] {
		return faultsOf(this.#usual, this.#own(names));
	}

	/** Warns of what is missing or invalid in the usual connection, without a call. */
	warnOfFaults(): void {
		for (const fault of faultsOf(this.#usual))
			this.#once(`creating or changing resources will fail: ${fault}`, this.#warn);
	}

	#once(text: string, show: (line: string) => void): void {
		// The text contains the client's name, which may contain anything.
		const line = printable(text);
		if (this.#said.has(line)) return;
		this.#said.add(line);
		show(line);
	}

	/**
	 * The context of an operation on a resource.
	 *
	 * @param settings the resource's inputs or outputs, with its connection and timeouts
	 * @param run what this run knows about its kind. @default clients
	 * @param customSeconds Pulumi's `customTimeouts` for the operation; undefined without one
	 * @throws ConfigurationError if a setting of the connection is missing
	 */
	context(
		settings: Properties,
		operation: keyof TimeoutsInput,
		run = this.run,
		customSeconds?: number,
	): LifecycleContext {
		const connected = this.#connect(settings["connection"] as ConnectionInput | undefined);
		const seconds = customSeconds ?? (settings["timeouts"] as TimeoutsInput | undefined)?.[operation];
		// Only the dynamic provider has the argument.
		const setting = `${this.#namespace === "genesyscloud" ? "timeouts" : "customTimeouts"}.${operation}`;
		const source =
			seconds === undefined
				? `${defaultTimeout} seconds (the default of ${setting})`
				: `${seconds} seconds (${setting})`;
		return this.#contextWith(
			connected,
			this.#deadlineIn(seconds ?? defaultTimeout, source),
			secretInputHider(settings),
			run,
		);
	}

	#contextWith(
		connected: Connected,
		deadline: Deadline,
		hide: (text: string) => string,
		run: RunRegistry,
	): LifecycleContext {
		const { api, homeDivision, clientsAtStart, credentialsAtStart, login, creatorIds } = connected;
		// Shared requests have no deadline; each operation waits for them until its own deadline.
		const inTime = async <T>(operation: string, asked: Promise<T>) =>
			endsBy(deadline, asked, () => {
				const message = `${operation} failed: timed out after ${deadline.source}. Nothing was changed: run again, or raise the timeout`;
				return new ConnectionError(message, { operation, code: "DEADLINE", mayHaveActed: false });
			});
		return {
			api: api.until(deadline),
			deadline,
			afterDeadline: () =>
				this.#contextWith(connected, deadlineIn(grace, `the operation's timeout plus ${grace} seconds`), hide, run),
			clock: this.#clock,
			homeDivision: async () => inTime("get_authorization_divisions_home", homeDivision()),
			clientsAtStart: async () => inTime("get_oauth_clients", clientsAtStart()),
			credentialsAtStart: async () => inTime("get_integrations_credentials_listing", credentialsAtStart()),
			login: async () => inTime("get_tokens_me", login()),
			notice: (text) => this.notice(hide(text)),
			override: (override) => readOverride(this.#usual, override),
			run,
			creatorIds,
		};
	}

	/**
	 * The API of the usual connection, without a deadline.
	 *
	 * @throws ConfigurationError if a setting is missing
	 */
	api(): GenesysCloudApi {
		return this.#connect(undefined).api;
	}

	#own(names: ConnectionInput): Place[] {
		return [connectionPlace(names, this.#environment, this.#config)];
	}

	#connect(names: ConnectionInput | undefined): Connected {
		const connection = readConnection(this.#usual, names === undefined ? undefined : this.#own(names));
		// Keyed by its values, not by names: operations before and after the configuration arrives can share a token.
		const key = JSON.stringify(connection);
		const connected = this.#connections.get(key) ?? connectTo(connection, this.#clock, (text) => this.notice(text));
		this.#connections.set(key, connected);
		return connected;
	}
}

/** The API of a connection, and the requests sent once for all clients of a run. */
function connectTo(connection: Connection, clock: Clock, notice: (text: string) => void) {
	const api = createOAuthApi({ ...connection, clock, onWait: (wait) => notice(describeWait(wait)) });
	const { credentials } = connection;
	return {
		api,
		homeDivision: askedOnce(async () => (await api.getAuthorizationDivisionsHome()).id),
		clientsAtStart: askedOnce(async () => (await api.getOauthClients()).entities),
		credentialsAtStart: askedOnce(async () => (await api.getIntegrationsCredentialsListing()).entities),
		login: loginOf(credentials, api),
		creatorIds: new Set<string>(),
	};
}
