import { randomUUID } from "node:crypto";
import type { Clock } from "../../provider/api/clock";
import { isConnectionError, isUnsettled } from "../../provider/api/errors";
import { fieldsOf } from "../../provider/api/json";
import { type Answer, type Exchange, isFine, NotSentError } from "./exchange";

/** The kinds of objects that a run makes, with their paths. */
const paths = { client: "/api/v2/oauth/clients", credential: "/api/v2/integrations/credentials" } as const;
/** One of them. */
export type Kind = keyof typeof paths;

/** Something that a run made. */
interface Made {
	kind: Kind;
	/** Its id; undefined until it is known, after a POST without an answer for ever. */
	id: string | undefined;
	/** Its name, as sent. */
	name: string | undefined;
	/** The body that it was made with. */
	posted: Record<string, unknown>;
	/** When, by the clock. */
	at: number;
}

/** Something that the clean-up could not delete. */
export interface Leftover {
	kind: Kind;
	/** Its id; absent if the POST had no answer. */
	id?: string;
	/** Its name. */
	name?: string;
	/** What to do about it. */
	remedy: string;
}

/** How many calls the deletion of one object may take: three attempts at two calls. */
const callsEach = 6;
/** The calls for finding what a POST without an answer made, and a login. */
const callsForAll = 8;
/** After how long a new object is known everywhere, in milliseconds: what is missing then is gone. */
const knownEverywhere = 60_000;

/** What a run made and must delete: it knows each object from its own POST, and deletes nothing else. */
export class MadeObjects {
	readonly #exchange: Exchange;
	readonly #clock: Clock;
	readonly #mayBeWritten = new Set<string>();
	#made: Made[] = [];

	constructor(exchange: Exchange, clock: Clock) {
		this.#exchange = exchange;
		this.#clock = clock;
	}

	/** How many calls the clean-up may need. */
	get callsNeeded(): number {
		return callsForAll + callsEach * this.#made.length;
	}

	/** An id that nothing has, for calls that must be refused. */
	unknownId(): string {
		const id = randomUUID();
		this.#mayBeWritten.add(id);
		return id;
	}

	/**
	 * Makes the call; if it makes or deletes something, that is noted before anything else.
	 *
	 * @throws Error for a call that could change something that the run didn't make
	 */
	async through(method: string, path: string, json: unknown, send: () => Promise<Answer>): Promise<Answer> {
		const kind = (Object.keys(paths) as Kind[]).find((one) => path === paths[one]);
		if (method === "POST" && kind !== undefined) return this.#make(kind, fieldsOf(json), send);
		if (method !== "GET" && !this.#isOwn(path))
			throw new Error(`${method} ${path} could change what the run didn't make`);
		const answer = await send();
		if (method === "DELETE" && isFine(answer)) {
			this.#made = this.#made.filter(({ kind: one, id }) => path !== `${paths[one]}/${id}`);
		}
		return answer;
	}

	/** Whether a write concerns what the run made, or nothing: a query for usage is a POST too. */
	#isOwn(path: string): boolean {
		return path.includes("/usage/") || path.split("/").some((segment) => this.#mayBeWritten.has(segment));
	}

	async #make(kind: Kind, posted: Record<string, unknown>, send: () => Promise<Answer>): Promise<Answer> {
		const name = typeof posted["name"] === "string" ? posted["name"] : undefined;
		const made: Made = { kind, id: undefined, name, posted, at: this.#clock.now() };
		this.#made.push(made);
		const forget = () => void this.#made.splice(this.#made.indexOf(made), 1);
		try {
			const answer = await send();
			const { id } = answer.body;
			if (isFine(answer) && typeof id === "string") {
				made.id = id;
				this.#mayBeWritten.add(id);
			} else if (!isFine(answer) && !isUnsettled(answer.status)) forget();
			return answer;
		} catch (error) {
			const isUnsent = error instanceof NotSentError || (isConnectionError(error) && !error.mayHaveActed);
			if (isUnsent) forget();
			throw error;
		}
	}

	/** Deletes everything, the latest first, and returns what could not be deleted: it is tried once. It never throws. */
	async deleteAll(): Promise<Leftover[]> {
		const left: Leftover[] = [];
		for (let made = this.#made.pop(); made !== undefined; made = this.#made.pop()) {
			try {
				if (!(await this.#isDeleted(made))) left.push(leftoverOf(made));
			} catch {
				left.push(leftoverOf(made));
			}
		}
		return left;
	}

	async #isDeleted(made: Made): Promise<boolean> {
		made.id ??= await this.#findByName(made);
		if (made.id === undefined) return this.#clock.now() - made.at >= knownEverywhere && made.name !== undefined;
		const path = `${paths[made.kind]}/${encodeURIComponent(made.id)}`;
		for (const pause of [0, 10_000, knownEverywhere]) {
			if (pause > 0) await this.#clock.sleep(pause);
			if (made.kind === "client")
				await this.#exchange.call("PUT", path, { json: { ...made.posted, state: "inactive" } });
			const answer = await this.#exchange.call("DELETE", path);
			if (isFine(answer)) return true;
			if (answer.status === 404 && this.#clock.now() - made.at >= knownEverywhere) return true;
			// What is forbidden stays so; anything else may be a lag.
			if (answer.status === 403) return false;
		}
		return false;
	}

	/** Looks for what a POST without an answer made: its name is this run's own. */
	async #findByName({ kind, name, at }: Made): Promise<string | undefined> {
		if (name === undefined) return undefined;
		await this.#clock.sleep(Math.max(0, at + knownEverywhere - this.#clock.now()));
		const ids: string[] = [];
		let path: string = kind === "client" ? paths.client : `${paths.credential}/listing?pageSize=200`;
		for (let page = 0; path !== "" && page < callsForAll; page += 1) {
			const answer = await this.#exchange.call("GET", path);
			if (!isFine(answer)) throw new Error("the list can't be read");
			for (const item of answer.items) {
				const { id, name: found, state } = fieldsOf(item);
				if (found === name && state !== "deleted" && typeof id === "string") ids.push(id);
			}
			const { nextUri } = answer.body;
			path = typeof nextUri === "string" ? nextUri : "";
		}
		return ids.find((id) => !this.#made.some((other) => other.id === id));
	}
}

function leftoverOf({ kind, id, name }: Made): Leftover {
	const which = id === undefined ? "the one of this name, if there is one" : "it";
	const how = kind === "client" ? `set ${which} to inactive, then delete it` : `delete ${which}`;
	const where = kind === "client" ? "Admin > Integrations > OAuth" : "Admin > Integrations > Credentials";
	return {
		kind,
		...(id === undefined ? {} : { id }),
		...(name === undefined ? {} : { name }),
		remedy: `${how} (${where})`,
	};
}
