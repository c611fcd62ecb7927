import type { Clock } from "../../provider/api/clock";
import { isUnsettled } from "../../provider/api/errors";
import { oneLine } from "../../provider/api/one-line";
import type { AssumptionId } from "./assumption";
import { type Answer, type CallOptions, type Exchange, isFine, type Method } from "./exchange";
import type { MadeObjects } from "./made";
import type { Result, Verdict } from "./result";

/** The login that runs the contract. */
export interface Login {
	/** The id of its client; undefined if the API doesn't name it. */
	clientId: string | undefined;
	/** The roles of its client, the only ones that it can give; the first one is given to each client that a run makes. */
	roleIds: readonly string[];
}

/** What ended a part before its end: an answer that leaves nothing to try. */
export class PartFailure extends Error {
	override readonly name = "PartFailure";
}

const noRole =
	"the roles of the login can't be read: log in with an OAuth client of the organization that has oauth:client:view";

/** What a trial is made of. */
export interface TrialOptions {
	exchange: Exchange;
	made: MadeObjects;
	/** The clock; a stopped run ends its waits. */
	clock: Clock;
	/** The part's name and ids. */
	part: { name: string; tries: readonly AssumptionId[] };
	/** The begin of each name of this run. */
	prefix: string;
	login: Login;
}

/** What a part has: calls, names, waits, and the results that it reports. */
export class Trial {
	/** The results so far. */
	readonly results = new Map<AssumptionId, Result>();
	/** The login that runs the contract. */
	readonly login: Login;
	/** The clock. */
	readonly clock: Clock;
	readonly #options: TrialOptions;

	constructor(options: TrialOptions) {
		this.#options = options;
		this.login = options.login;
		this.clock = options.clock;
	}

	/**
	 * Calls the API and returns the answer, whatever its status. What a POST makes is noted for the clean-up. Its path begins with `/api/v2`.
	 *
	 * @throws NotSentError when the run has no more calls, or was stopped; ConnectionError without an answer
	 */
	async call(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
		const { exchange, made } = this.#options;
		return made.through(method, path, options.json, async () => exchange.call(method, path, options));
	}

	/** Logs in as a client and returns the answer, whatever its status. Without a client no credentials are sent. */
	async logIn(
		client: { id: string; secret: string } | undefined,
		form: Record<string, string> = { grant_type: "client_credentials" },
	): Promise<Answer> {
		return this.#options.exchange.login(client, form);
	}

	/** Makes a client: a service client with the login's first role and the shortest lifetime, unless said otherwise. */
	async makeClient(what: string, settings: Record<string, unknown> = {}): Promise<Answer> {
		return this.call("POST", "/api/v2/oauth/clients", { json: this.clientSettings(what, settings) });
	}

	/**
	 * The body that {@link Trial.makeClient} sends. A field that is undefined isn't sent.
	 *
	 * @throws PartFailure if the login has no role to give
	 */
	clientSettings(what: string, settings: Record<string, unknown> = {}): Record<string, unknown> {
		const { authorizedGrantType = "CLIENT-CREDENTIALS" } = settings;
		if (this.login.roleIds.length === 0) throw new PartFailure(noRole);
		const rights =
			authorizedGrantType === "CLIENT-CREDENTIALS"
				? { roleIds: this.login.roleIds.slice(0, 1) }
				: { scope: ["users:readonly"] };
		return { name: this.name(what), authorizedGrantType, accessTokenValiditySeconds: 300, ...rights, ...settings };
	}

	/** A name of this run: everything that it makes has one, and nothing else has. */
	name(what: string): string {
		return `${this.#options.prefix} ${what}`;
	}

	/** An id that nothing has. A write to any other id than such a one, or one that this run made, is refused before it is sent. */
	unknownId(): string {
		return this.#options.made.unknownId();
	}

	/** A secret that no report may have. Those of answers are known already. */
	keepSecret(secret: string): void {
		this.#options.exchange.keep(secret);
	}

	/** Waits by the clock. @throws CancelledError when the run is stopped */
	async wait(milliseconds: number): Promise<void> {
		await this.clock.sleep(Math.max(milliseconds, 0));
	}

	/**
	 * Asks after some seconds, counted from now, until the answer is yes.
	 *
	 * @returns after how many seconds it was; undefined if it never was
	 */
	async secondsUntil(seconds: readonly number[], isSo: () => Promise<boolean>): Promise<number | undefined> {
		const start = this.clock.now();
		for (const second of seconds) {
			await this.wait(start + second * 1000 - this.clock.now());
			if (await isSo()) return Math.round((this.clock.now() - start) / 1000);
		}
		return undefined;
	}

	/** The answer, if it is a success. @throws PartFailure otherwise, which leaves the rest of the part untried */
	fine(answer: Answer, what: string): Answer {
		if (isFine(answer)) return answer;
		throw new PartFailure(`${what} failed: ${described(answer)}`);
	}

	/** Reports that an assumption holds. */
	holds(id: AssumptionId, evidence: Answer | string): void {
		if (typeof evidence === "string") this.#report(id, "holds", evidence);
		else this.#report(id, "holds", described(evidence), evidence);
	}

	/** Reports that an assumption doesn't hold. An answer that shows nothing of it leaves it untried. */
	differs(id: AssumptionId, seen: string, answer?: Answer): void {
		if (answer !== undefined && showsNothing(answer)) this.#report(id, "untried", described(answer), answer);
		else this.#report(id, "differs", seen, answer);
	}

	/** Reports that an assumption couldn't be tried, with the answer that is the reason, if one is. */
	untried(id: AssumptionId, why: string, answer?: Answer): void {
		this.#report(id, "untried", answer === undefined ? why : `${why}: ${described(answer)}`, answer);
	}

	/** Reports whether an assumption holds. */
	check(id: AssumptionId, holds: boolean, seen: string, answer?: Answer): void {
		if (holds) this.#report(id, "holds", seen, answer);
		else this.differs(id, seen, answer);
	}

	#report(id: AssumptionId, verdict: Verdict, seen: string, answer?: Answer): void {
		const { name, tries } = this.#options.part;
		if (!tries.includes(id)) throw new TypeError(`The part ${name} doesn't try ${id}.`);
		if (this.results.has(id)) throw new TypeError(`The part ${name} reports ${id} twice.`);
		this.results.set(id, {
			id,
			verdict,
			seen: oneLine(seen),
			...(answer === undefined ? {} : { status: answer.status }),
			...(answer?.code === undefined ? {} : { code: answer.code }),
			...(answer?.correlationId === undefined ? {} : { correlationId: answer.correlationId }),
		});
	}
}

/** Whether an answer says only that the login lacks a permission, or that nobody could answer. */
const showsNothing = ({ status }: Answer): boolean => status === 403 || status === 429 || isUnsettled(status);

/** An answer in a few words: its status, and of an error the code and what it says. */
export function described({ status, code, body }: Answer): string {
	const said = body["message"] ?? body["error_description"] ?? body["description"];
	if (status < 400) return String(status);
	return `${status}${code === undefined ? "" : ` ${code}`}${typeof said === "string" ? ` (${said.slice(0, 200)})` : ""}`;
}
