import { untilCancelled } from "../api/cancellation";
import { type Clock, systemClock } from "../api/clock";
import { type GenesysCloudApi, createOAuthApi } from "../api/genesys-cloud-api";
import { type Deadline, deadlineIn, endsBy } from "../api/deadline";
import { ConnectionError, enumerated, printableLines } from "../api/errors";
import { describeWait } from "../api/rate-limit-wait";
import { describeReadOnlyField } from "../api/read-only-fields";
import {
	type Connection,
	faultsOf,
	readConnection,
	readOverride,
	readRotationOrder,
	type RotationOrder,
} from "../config";
import {
	type ConfigReader,
	type Environment,
	type Namespace,
	type Place,
	connectionPlace,
	environmentPlace,
	namesLogin,
	providerPlace,
	usualPlaces,
} from "../setting-places";
import type { LifecycleContext, Occasion } from "./context";
import type { ConnectionInput, TimeoutsInput } from "./shared-inputs";
import type { RunRegistry } from "./run-registry";
import { sharedRequests } from "./shared-requests";
import { secretInputHider } from "./hide-secret-inputs";
import type { Properties } from "./properties";

/** The default timeout of an operation, in seconds. */
const defaultTimeout = 600;
/** The extra time to finish work with an unknown outcome after a timeout, in seconds. */
const grace = 60;

/** What an operation is about. */
export interface About {
	/** The resource: its URN. */
	owner: string;
	/** What this run knows about its kind. */
	run: RunRegistry;
	/** What state has of it: its secrets aren't shown either. */
	olds?: Properties;
}

type Connected = ReturnType<typeof connectTo>;

/** What a session needs from the process that it runs in. */
export interface SessionOptions {
	/** The environment variables. */
	environment: Environment;
	/** Shows a text to the user. */
	say: (line: string) => void;
	/** Shows a line as a warning about the resource. @default `say`, after the word "warning" */
	warn?: (line: string) => void;
	/** Shows a line as a warning about the whole run. @default `warn` */
	warnOfRun?: (line: string) => void;
	/** The namespace of the stack's configuration. @default "genesyscloud" */
	namespace?: Namespace;
	/**
	 * Reads the resources in the state of a resource's stack: their URNs by id.
	 *
	 * @default nothing is known
	 */
	readEntries?: (owner: string) => Promise<ReadonlyMap<string, string>>;
	/** The clock. @default the system's */
	clock?: Clock;
	/** Aborts when the user cancels the run; see `ApiClientOptions.cancelled`. @default never */
	cancelled?: AbortSignal;
	/** Creates the deadline of an operation. @default one by the system clock */
	deadlineIn?: typeof deadlineIn;
}

/**
 * What all resources of a provider process share: an API client per connection, with its tokens and one-time requests, and the run registry.
 * Created on first use, so that neither configuration nor network is needed before a resource needs them.
 */
export class Session {
	readonly #options: Required<SessionOptions>;
	/** The clock of the steps of an operation, which don't wait in a cancelled run. */
	readonly #clock: Clock;
	readonly #said = new Set<string>();
	readonly #connections = new Map<string, Connected>();
	/** The connections of their own that the program declares, complete ones, by the names in them. */
	readonly #declared = new Map<string, Place>();
	#config: ConfigReader = () => undefined;
	#usual: readonly Place[];
	#entries: Promise<ReadonlyMap<string, string>> | undefined;

	constructor(options: SessionOptions) {
		const { warn = (line) => options.say(`warning: ${line}`) } = options;
		this.#options = {
			warn,
			warnOfRun: warn,
			namespace: "genesyscloud",
			readEntries: async () => new Map(),
			clock: systemClock,
			cancelled: new AbortController().signal,
			deadlineIn,
			...options,
		};
		this.#clock = untilCancelled(this.#options.clock, this.#options.cancelled);
		this.#usual = usualPlaces(options.environment, this.#config, this.#options.namespace);
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
		this.#usual = usualPlaces(this.#options.environment, this.#config, this.#options.namespace);
	}

	/** Receives the settings of an explicit provider, by its name in the stack: they come before the environment. */
	configureProvider(provider: string, read: (name: string) => string | undefined): void {
		this.#usual = [providerPlace(provider, read), environmentPlace(this.#options.environment)];
	}

	/** What decides about a rotation beside the program and state. */
	occasion(): Occasion {
		const now = this.#options.clock.now();
		try {
			return { now, order: this.#order() };
		} catch {
			// A check says so.
			return { now, order: undefined };
		}
	}

	/** From the environment alone: an order is for a run. */
	#order(): RotationOrder | undefined {
		return readRotationOrder(environmentPlace(this.#options.environment));
	}

	/** Shows a notice to the user, of one line or more; the same notice only once. */
	notice(...lines: string[]): void {
		this.#once(lines, this.#options.say);
	}

	/** Shows a warning to the user; the same warning only once. */
	warn(text: string): void {
		this.#once([text], this.#options.warn);
	}

	/** What is missing or invalid in a declared connection of its own, without a call. If nothing is, its login is one of Pulumi's from now on. */
	faultsOf(names: ConnectionInput): string[] {
		const own = this.#own(names);
		const faults = faultsOf(this.#usual, [own]);
		if (faults.length === 0) this.#declared.set(JSON.stringify(names), own);
		return faults;
	}

	/** Warns of what is missing or invalid in the usual connection, without a call. */
	warnOfFaults(): void {
		for (const fault of faultsOf(this.#usual))
			this.#once([`creating or changing resources will fail: ${fault}`], this.#options.warnOfRun);
	}

	/**
	 * Says what the user has ordered for this run, before anything is done: nobody else would say it of an id that no resource has.
	 *
	 * @throws ConfigurationError if an order is none
	 */
	announceOrders(): void {
		for (const [source, ids] of Map.groupBy(readOverride(this.#usual, "takeOver"), ([, place]) => place)) {
			this.notice(
				`${source} is set: a resource that this run creates takes over ${enumerated(ids.map(([id]) => id))} if it has the same name; any other leaves it as it is. Unset it after this run`,
			);
		}
		const order = this.#order();
		if (order === undefined) return;
		const { name, ids, source } = order;
		const whose = ids.has("all") ? "all clients and pairs" : `${enumerated([...ids])}, if this stack has them`;
		this.notice(`${source} is set: the order ${name} rotates the secrets of ${whose}, each once`);
	}

	#once(lines: string[], show: (text: string) => void): void {
		// They contain the client's name, which may contain anything.
		const text = printableLines(lines);
		if (this.#said.has(text)) return;
		this.#said.add(text);
		show(text);
	}

	/**
	 * The context of an operation on a resource.
	 *
	 * @param settings the resource's inputs or outputs, with its connection and timeouts
	 * @param about the resource, and what this run knows about its kind
	 * @param customSeconds Pulumi's `customTimeouts` for the operation; undefined without one
	 * @throws ConfigurationError if a setting of the connection is missing
	 */
	context(
		settings: Properties,
		operation: keyof TimeoutsInput,
		{ olds = {}, ...about }: About,
		customSeconds?: number,
	): LifecycleContext {
		const connected = this.#connect(settings["connection"] as ConnectionInput | undefined);
		const { api, homeDivision, clientsAtStart, credentialsAtStart, login, creatorIds, existing } = connected;
		const hide = secretInputHider(settings, olds);
		const within = (deadline: Deadline): LifecycleContext => {
			// Shared requests have no deadline; each operation waits for them until its own deadline.
			const inTime = async <T>(shared: string, asked: Promise<T>) =>
				endsBy(deadline, asked, () => {
					const message = `${shared} failed: timed out after ${deadline.source}. Nothing was changed: run again, or raise the timeout`;
					return new ConnectionError(message, { operation: shared, code: "DEADLINE", mayHaveActed: false });
				});
			return {
				api: api.until(deadline),
				deadline,
				afterDeadline: () => {
					const later = this.#options.deadlineIn(grace, `the operation's timeout plus ${grace} seconds`);
					return within({ ...later, settles: true });
				},
				clock: this.#clock,
				occasion: () => this.occasion(),
				homeDivision: async () => inTime("get_authorization_divisions_home", homeDivision()),
				clientsAtStart: async () => inTime("get_oauth_clients", clientsAtStart()),
				credentialsAtStart: async () => inTime("get_integrations_credentials_listing", credentialsAtStart()),
				login: async () => inTime("get_tokens_me", login()),
				isLogin: async (clientId) => inTime("get_tokens_me", this.#isLogin(clientId)),
				hide,
				notice: (...lines) => this.notice(...lines.map(hide)),
				override: (override) => readOverride(this.#usual, override),
				...about,
				mayAdopt: async () => this.mayAdopt(about),
				entries: async () => this.#entriesOf(about.owner),
				creatorIds,
				existing,
			};
		};
		const given = customSeconds ?? (settings["timeouts"] as TimeoutsInput | undefined)?.[operation];
		const seconds = given ?? defaultTimeout;
		// Only the dynamic provider has the argument.
		const setting = `${this.#options.namespace === "genesyscloud" ? "timeouts" : "customTimeouts"}.${operation}`;
		const source = given === undefined ? `the default of ${setting}` : setting;
		return within(this.#options.deadlineIn(seconds, `${seconds} seconds (${source})`));
	}

	/** Whether a create of a resource may adopt: this run has compared it, or the stack's state says whether it replaces something. */
	async mayAdopt({ owner, run }: About): Promise<boolean> {
		return run.mayAdopt(owner) ?? ![...(await this.#entriesOf(owner)).values()].includes(owner);
	}

	/** The whole process serves one stack. */
	async #entriesOf(owner: string): Promise<ReadonlyMap<string, string>> {
		this.#entries ??= this.#options.readEntries(owner);
		return this.#entries;
	}

	/** The API of the usual connection, without a deadline. Throws a ConfigurationError if a setting is missing. */
	api(): GenesysCloudApi {
		return this.#connect(undefined).api;
	}

	/** No call for those that their settings name; those of access tokens are asked for where the token is in use. */
	async #isLogin(clientId: string): Promise<boolean> {
		if (namesLogin([...this.#usual, ...this.#declared.values()], clientId)) return true;
		const logins = await Promise.all([...this.#connections.values()].map(async ({ login }) => login()));
		return logins.includes(clientId);
	}

	#own(names: ConnectionInput): Place {
		return connectionPlace(names, this.#options.environment, this.#config);
	}

	#connect(names: ConnectionInput | undefined): Connected {
		const connection = readConnection(this.#usual, names === undefined ? undefined : [this.#own(names)]);
		// Keyed by its values, not by names: operations before and after the configuration arrives can share a token.
		const key = JSON.stringify(connection);
		const connected = this.#connections.get(key) ?? connectTo(connection, this.#options, (text) => this.notice(text));
		this.#connections.set(key, connected);
		return connected;
	}
}

/** The API of a connection, and the requests sent once for all clients of a run. */
function connectTo(
	connection: Connection,
	{ clock, cancelled }: Required<Pick<SessionOptions, "clock" | "cancelled">>,
	notice: (text: string) => void,
) {
	const api = createOAuthApi({
		...connection,
		clock,
		cancelled,
		onWait: (wait) => notice(describeWait(wait)),
		onReadOnlyField: (field) => notice(describeReadOnlyField(field)),
	});
	return {
		api,
		...sharedRequests(api, connection.credentials),
		creatorIds: new Set<string>(),
		existing: new Map<string, ReadonlySet<string>>(),
	};
}
