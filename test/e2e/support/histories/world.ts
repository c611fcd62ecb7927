import type { SettableClock } from "../../../../simulator";
import { type History, isPair, type Slot, type Step, type Up } from "./commands";
import { killUp, plant } from "./interruptions";
import { JudgedStack } from "./judged-stack";
import type { Done } from "./done";
import { checkReadOnly } from "./model";
import { checkInUse } from "./model-secrets";
import { letSomebody, makeByHand } from "./outside";
import { copyOf, kindAt, letters, type Program, types, writeProgram } from "./program";
import { mended } from "./program-mend";
import { asOf, changeProgram, declaredAs, settingsAsTheyAre } from "./program-steps";
import { errorIn } from "./refusals";
import { entryAt, holdersOf, isDeactivated, isLive, liveIds, type Snapshot } from "./snapshot";
import { hold } from "./violation";

const hour = 3_600_000;

/** What a history goes through: a stack with its organization, and a second stack as soon as something is moved there. */
export class World {
	readonly #judged: JudgedStack;
	/** The program of the last `up` that succeeded. */
	#applied: Program = new Map();
	#tainted: Slot[] = [];

	private constructor(judged: JudgedStack) {
		this.#judged = judged;
	}

	/** Makes an empty stack beside an organization. */
	static async start(history: Pick<History, "front" | "parallel">): Promise<World> {
		return new World(await JudgedStack.start(history));
	}

	/** The last thing that Pulumi said, and how many commands it took. */
	get course(): { said: string; commands: number } {
		return this.#judged;
	}

	/** Searches all that is left for secrets, and removes it. */
	async close(): Promise<string[]> {
		const leaked = this.#judged.stack.leaked();
		await this.#judged.stack.close();
		return leaked;
	}

	/** Does a step, and fails if something doesn't hold after it. A step that makes no sense now does nothing. */
	async take(step: Step): Promise<void> {
		switch (step.do) {
			case "up":
				return this.#up(step);
			case "killed up":
				return this.#killedUp(step);
			case "refresh":
				if (step.fault !== undefined) plant(this.#judged.stack, step.fault);
				await this.#judged.run("refresh", ["refresh", "--yes", "--skip-preview"], {
					isDisturbed: step.fault !== undefined,
				});
				return undefined;
			case "destroy":
				return this.#destroy(step);
			case "state delete":
				await this.#onEntry("state delete", step.slot, (urn) => [
					"state",
					"delete",
					urn,
					"--target-dependents",
					"--yes",
				]);
				return undefined;
			case "taint":
				if (await this.#onEntry("taint", step.slot, (urn) => ["state", "taint", urn, "--yes"]))
					this.#tainted.push(step.slot);
				return undefined;
			case "state move":
				return this.#move(step.slot);
			case "import":
				return this.#import(step);
			case "another login":
				this.#judged.switchLogin();
				return undefined;
			case "somebody": {
				const letter = isPair(step.slot) ? step.letter : undefined;
				const id = entryAt(await this.#judged.look(), this.#judged.urn(step.slot), letter)?.id;
				letSomebody(this.#judged.stack, this.#judged.ledger, step.deed, id);
				return undefined;
			}
			case "hours pass":
				(this.#judged.stack.simulator.clock as SettableClock).advance(step.hours * hour);
				return undefined;
			case "take back":
				this.#judged.program = copyOf(this.#applied);
				return undefined;
			default: {
				const now = await this.#judged.look();
				changeProgram(this.#judged.program, step, {
					makeStranger: (settings) => makeByHand(this.#judged.stack, this.#judged.ledger, settings),
					clientIn: (slot) => entryAt(now, this.#judged.urn(slot))?.id,
				});
				return undefined;
			}
		}
	}

	/** What a user does in the end: takes off all options, cures the stack, and destroys it. */
	async end(): Promise<void> {
		const cure: Up = { do: "up", refresh: true, answer: "allow", again: false };
		for (const client of this.#judged.program.values()) client.options = {};
		this.#mendProgram(await this.#judged.look());
		// A refusal with good reason changes the program; each can come once for each resource.
		for (let tries = 0; !(await this.#tryUp(cure)); tries++)
			hold(`in the end an up --refresh succeeds (${errorIn(this.#judged.said)})`, tries < 4, "it failed");
		await this.#upAgain();
		const { outcome, after } = await this.#judged.run("destroy", ["destroy", "--yes", "--skip-preview"], {});
		hold(`in the end a destroy succeeds (${errorIn(outcome.output)})`, outcome.code === 0, "it failed");
		hold("a destroy leaves nothing in state", !after.entries.some(({ stack }) => stack === "test"), "it left entries");
	}

	async #up(step: Up): Promise<void> {
		if ((await this.#tryUp(step)) && step.again && step.target === undefined) await this.#upAgain();
	}

	/** Whether it succeeded. If it was refused with good reason, the user changes the program. */
	async #tryUp(
		{ target, replace, rotateNow = false, refresh, answer, fault, takeBack }: Up,
		before?: Snapshot,
	): Promise<boolean> {
		const now = before ?? (await this.#judged.look());
		const isIn = (slot: Slot | undefined): slot is Slot =>
			slot !== undefined && entryAt(now, this.#judged.urn(slot)) !== undefined;
		writeProgram(this.#judged.stack, this.#judged.front, this.#judged.program);
		if (fault !== undefined) plant(this.#judged.stack, fault);
		const args = [
			"up",
			"--yes",
			"--skip-preview",
			...(refresh ? ["--refresh"] : []),
			...(isIn(target) ? ["--target", this.#judged.urn(target), "--target-dependents"] : []),
			...(isIn(replace) ? ["--replace", this.#judged.urn(replace)] : []),
		];
		const targeted = isIn(target) ? target : undefined;
		const replaced = [...this.#tainted, ...(isIn(replace) ? [replace] : [])].filter(
			(slot) => targeted === undefined || slot === targeted,
		);
		const done = await this.#judged.run("up", args, {
			before: now,
			isRefreshed: refresh,
			target: targeted,
			replaced,
			isDisturbed: fault !== undefined,
			rotateNow,
			answer,
		});
		if (done.outcome.code === 0) {
			if (targeted === undefined) this.#applied = copyOf(this.#judged.program);
			this.#tainted = this.#tainted.filter((slot) => targeted !== undefined && slot !== targeted);
			return true;
		}
		if (!done.isDisturbed || takeBack === true) this.#judged.program = copyOf(this.#applied);
		if (!done.isDisturbed) this.#mendProgram(done.after);
		return false;
	}

	/** A second up changes nothing. */
	async #upAgain(): Promise<void> {
		const done = await this.#judged.run("up", ["up", "--yes", "--skip-preview"], {});
		hold(`a second up succeeds (${errorIn(done.outcome.output)})`, done.outcome.code === 0, "it failed");
		checkReadOnly(done);
	}

	/** Takes out of the program what can't work. */
	#mendProgram(now: Snapshot): void {
		const { organization } = this.#judged.stack.simulator;
		this.#judged.program = mended(this.#judged.program, {
			now,
			organization,
			urnOf: this.#judged.urn,
			twice: this.#judged.ledger.twice,
		});
	}

	async #killedUp({ kill, answer }: Extract<Step, { do: "killed up" }>): Promise<void> {
		const before = await this.#judged.look();
		writeProgram(this.#judged.stack, this.#judged.front, this.#judged.program);
		this.#judged.commands += 1;
		await killUp(this.#judged.stack, kill);
		const now = await this.#judged.look();
		checkInUse(before, this.#judged.program, this.#judged.ledger, this.#judged.stack.simulator.organization);
		const held = new Set(now.entries.map(({ id }) => id));
		for (const id of liveIds(now)) if (!isLive(before, id) && !held.has(id)) this.#judged.ledger.left.add(id);
		for (const { id, kind, outputs } of now.entries) {
			this.#judged.ledger.unsure.add(id);
			if (!isLive(now, id)) this.#judged.ledger.gone.add(id);
			else if (
				kind === "client" &&
				!this.#judged.stack.simulator.organization.checkSecret(id, String(outputs["clientSecret"]))
			)
				this.#judged.ledger.reset.add(id);
		}
		// What left state on purpose before the kill.
		for (const entry of before.entries)
			if ((entry.retainOnDelete || isDeactivated(now, entry)) && !held.has(entry.id) && isLive(now, entry.id))
				this.#judged.ledger.letGo.add(entry.id);
		if (kill.takeBack) this.#judged.program = copyOf(this.#applied);
		await this.#tryUp({ do: "up", refresh: true, answer, again: false }, now);
	}

	async #destroy({ slot, fault }: Extract<Step, { do: "destroy" }>): Promise<void> {
		const urn = this.#judged.urn(slot);
		if (entryAt(await this.#judged.look(), urn) === undefined) return;
		if (fault !== undefined) plant(this.#judged.stack, fault);
		await this.#judged.run("destroy", ["destroy", "--yes", "--skip-preview", "--target", urn, "--target-dependents"], {
			isDisturbed: fault !== undefined,
			target: slot,
		});
	}

	/** Runs a command on the entry of a slot, if it has one; whether it succeeded. */
	async #onEntry(name: Done["name"], slot: Slot, args: (urn: string) => string[]): Promise<boolean> {
		const entry = entryAt(await this.#judged.look(), this.#judged.urn(slot));
		if (entry === undefined) return false;
		return (await this.#judged.run(name, args(entry.urn), {})).outcome.code === 0;
	}

	async #move(slot: Slot): Promise<void> {
		const now = await this.#judged.look();
		const urn = this.#judged.urn(slot);
		if (entryAt(now, urn) === undefined) return;
		if (!this.#judged.stacks.has("second")) {
			const { code, output } = await this.#judged.pulumi("stack", "init", "second", "--non-interactive", "--no-select");
			if (code !== 0) throw new Error(output);
			this.#judged.stacks.add("second");
		}
		const its = [urn, this.#judged.urnOfCredential(slot)];
		const urns = its.filter((one) => entryAt(now, one) !== undefined);
		await this.#judged.run(
			"state move",
			["state", "move", "--source", "test", "--dest", "second", ...urns, "--yes"],
			{},
		);
		for (const program of [this.#judged.program, this.#applied]) program.delete(slot);
	}

	async #import({ slot, of }: Extract<Step, { do: "import" }>): Promise<void> {
		const now = await this.#judged.look();
		if (
			this.#judged.front !== "yaml" ||
			this.#judged.program.has(slot) ||
			entryAt(now, this.#judged.urn(slot)) !== undefined
		)
			return;
		const make = (name: string) =>
			makeByHand(this.#judged.stack, this.#judged.ledger, { name, authorizedGrantType: "CLIENT-CREDENTIALS" });
		const name = `Imported ${slot}`;
		const strangers = isPair(slot) ? letters.map((letter) => `${name} (${letter.toUpperCase()})`) : [name];
		const ids = of === "stranger" ? strangers.map(make) : [entryAt(now, this.#judged.urn(of))?.id ?? ""];
		const [id = ""] = ids;
		if (!isLive(await this.#judged.look(), id)) return;
		if (holdersOf(now, id).length > 0) this.#judged.ledger.twice.add(id);
		writeProgram(this.#judged.stack, this.#judged.front, this.#judged.program);
		const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
		const { outcome, after } = await this.#judged.run(
			"import",
			["import", types.yaml[kindAt(slot)], slot, ids.join(","), ...flags],
			{},
		);
		if (outcome.code !== 0) return;
		const settings = asOf(slot, settingsAsTheyAre(after.clients.get(id)!));
		const declared = declaredAs(slot, isPair(slot) ? { ...settings, name } : settings);
		this.#judged.program.set(slot, declared);
		this.#applied.set(slot, structuredClone(declared));
	}
}
