import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fieldsOf, parseJson } from "../api/failures";

/** A create that was begun. */
export interface BegunCreate {
	/** When, in milliseconds since 1970, by this machine's clock. */
	startedAt: number;
	/** When its time was up at the latest, by the same clock. */
	endsAt: number;
	/** The client that it has made, when that is known. */
	clientId?: string | undefined;
	/** It has made this client, but isn't finished. */
	made: (clientId: string) => void;
	/** Pulumi is told what became of it: nothing is to be looked for any more. */
	end: () => void;
	/** It has ended, and nobody knows what became of it: the next run looks. */
	leave: () => void;
}

/** What stands in a note. */
interface Note {
	/** Where the client was to be made, and as whom. */
	organization: string;
	/** The client's name. */
	name: string;
	startedAt: number;
	endsAt: number;
	/** The process that makes it; 0 when none does any more. */
	process: number;
	/** The client that was made, when that is known. */
	clientId?: string;
}

/** A note that nobody has asked for in so long, in milliseconds, is thrown away. */
const longestKept = 30 * 86_400_000;

/**
 * Notes, on this machine, of the creates that are under way in an organization. Pulumi keeps nothing of a create until it is answered: a
 * client whose provider or engine was killed meanwhile is in nobody's state, and the next run would make a second. A note stands from
 * before the POST until Pulumi is told; one that outlives its process is what the next run looks at. So nothing is asked of the API while
 * nothing is killed. What goes wrong with the notes themselves fails nothing: then all is as if there were none.
 */
export class BegunCreates {
	readonly #organization: string;
	readonly #directory: string | undefined;
	readonly #now: () => number;
	#left: { file: string; note: Note }[] | undefined;

	constructor(options: {
		/** Where clients are made, and as whom: no secret. */
		organization: string;
		/** Pulumi's home; without one nothing is noted. */
		home: string | undefined;
		/** The time, in milliseconds since 1970. */
		now: () => number;
	}) {
		this.#organization = options.organization;
		this.#directory = options.home === undefined ? undefined : join(options.home, "genesyscloud-oauth", "creates");
		this.#now = options.now;
	}

	/**
	 * Notes that a create begins.
	 *
	 * @param seconds how long it may take
	 */
	begin(name: string, seconds: number): BegunCreate {
		this.#left ??= this.#read();
		const startedAt = this.#now();
		const endsAt = startedAt + seconds * 1000;
		return this.#write({ organization: this.#organization, name, startedAt, endsAt, process: process.pid });
	}

	/** Takes over a create of this name that an ended process has left, if there is one; nobody else gets it then. */
	takeOver(name: string): BegunCreate | undefined {
		this.#left ??= this.#read();
		const left = this.#left.find(({ note }) => note.name === name);
		if (left === undefined) return undefined;
		this.#left = this.#left.filter((other) => other !== left);
		const mine = `${randomUUID()}.json`;
		if (!succeeds(() => renameSync(this.#path(left.file), this.#path(mine)))) return this.takeOver(name);
		return this.#write({ ...left.note, process: process.pid }, mine);
	}

	/** Forgets what ended processes have left of this name: its client is in state now. */
	forget(name: string): void {
		for (let left = this.takeOver(name); left !== undefined; left = this.takeOver(name)) left.end();
	}

	/** The notes that ended processes have left of this organization. */
	#read(): { file: string; note: Note }[] {
		if (this.#directory === undefined) return [];
		let files: string[] = [];
		succeeds(() => (files = readdirSync(this.#path(""))));
		return files.flatMap((file) => {
			const note = noteIn(this.#path(file));
			if (note !== undefined && this.#now() > note.endsAt + longestKept) succeeds(() => rmSync(this.#path(file)));
			return note?.organization === this.#organization && !this.#isUnderWay(note) ? [{ file, note }] : [];
		});
	}

	#isUnderWay({ process: id, endsAt }: Note): boolean {
		// This process has written none yet: its id was another's.
		if (id === 0 || id === process.pid || this.#now() > endsAt) return false;
		return succeeds(() => process.kill(id, 0)) && !isZombie(id);
	}

	#write(note: Note, file = `${randomUUID()}.json`): BegunCreate {
		const write = (content: Note) =>
			succeeds(() => {
				if (this.#directory === undefined) return;
				mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
				writeFileSync(this.#path(file), JSON.stringify(content), { mode: 0o600 });
			});
		write(note);
		return {
			startedAt: note.startedAt,
			endsAt: note.endsAt,
			clientId: note.clientId,
			made: (clientId) => void write({ ...note, clientId }),
			end: () => void succeeds(() => rmSync(this.#path(file))),
			leave: () => void write({ ...note, process: 0 }),
		};
	}

	#path(file: string): string {
		return join(this.#directory ?? "", file);
	}
}

/** Pulumi's home, where it keeps what is this machine's business alone; undefined when there is none. */
export function pulumiHome(environment: Record<string, string | undefined>): string | undefined {
	const user = environment["HOME"] ?? environment["USERPROFILE"];
	return environment["PULUMI_HOME"] || (user ? join(user, ".pulumi") : undefined);
}

/** Whether a process has ended, but nobody has asked how: usual for one that outlived its parent in a container. Linux only. */
function isZombie(id: number): boolean {
	let state = "";
	// The name, in parentheses, may hold anything; the state follows it.
	succeeds(() => (state = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1) ?? ""));
	return state.startsWith("Z");
}

function noteIn(path: string): Note | undefined {
	let text = "";
	succeeds(() => (text = readFileSync(path, "utf8")));
	const note = fieldsOf(parseJson(text));
	const isNote = typeof note["startedAt"] === "number" && typeof note["endsAt"] === "number";
	return isNote ? (note as unknown as Note) : undefined;
}

function succeeds(work: () => unknown): boolean {
	try {
		work();
		return true;
	} catch {
		return false;
	}
}
