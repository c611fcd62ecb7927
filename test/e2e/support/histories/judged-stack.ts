import { createRunningClock, DEFAULT_ROLES, type RequestEntry } from "../../../../simulator";
import { type Outcome, TestStack } from "../test-stack";
import type { Answer, History, Slot } from "./commands";
import { mend } from "./interruptions";
import { Ledger } from "./ledger";
import type { Done } from "./done";
import { judge } from "./model";
import { kindAt, type Program, urnOf } from "./program";
import { answering } from "./questions";
import { errorIn, isRightlyRefused } from "./refusals";
import { holdersOf, isLive, look, type Snapshot } from "./snapshot";
import { hold } from "./violation";

/** A stack whose commands are judged: each is run between two looks at what there is. */
export class JudgedStack {
	readonly front: History["front"];
	readonly stack: TestStack;
	readonly ledger = new Ledger();
	/** The stacks of the project that exist. */
	readonly stacks = new Set(["test"]);
	program: Program = new Map();
	/** The last thing that Pulumi said. */
	said = "";
	/** How many commands of Pulumi were run. */
	commands = 0;
	readonly #logins: { clientId: string; clientSecret: string }[];

	private constructor({ front, parallel }: Pick<History, "front" | "parallel">, stack: TestStack) {
		this.front = front;
		this.stack = stack;
		stack.environment["PULUMI_PARALLEL"] = String(parallel);
		const { organization, administrator } = stack.simulator;
		const roleDivisions = DEFAULT_ROLES.map(({ id }) => ({ roleId: id ?? "", divisionId: "*" }));
		const { client, secret = "" } = organization.addClient({ name: "Second login", permissions: "all", roleDivisions });
		stack.leaks.noteText(secret);
		this.ledger.others.add(client.id);
		this.#logins = [administrator, { clientId: client.id, clientSecret: secret }];
	}

	/** Makes an empty stack beside an organization. */
	static async start(history: Pick<History, "front" | "parallel">): Promise<JudgedStack> {
		return new JudgedStack(history, await TestStack.start({ clock: createRunningClock() }));
	}

	/** The URN of a slot's client or pair. */
	readonly urn = (slot: Slot): string => urnOf(this.front, kindAt(slot), this.program.get(slot)?.name ?? slot);

	/** The URN of a slot's credential. */
	readonly urnOfCredential = (slot: Slot): string =>
		urnOf(this.front, "credential", this.program.get(slot)?.name ?? slot);

	/** Lets Pulumi log in as the other one of two. */
	switchLogin(): void {
		this.#logins.reverse();
		this.stack.environment["GENESYSCLOUD_OAUTHCLIENT_ID"] = this.#logins[0]!.clientId;
		this.stack.environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] = this.#logins[0]!.clientSecret;
	}

	/** Looks at the states and the organization. */
	async look(): Promise<Snapshot> {
		return look(this.stack, this.stacks);
	}

	/** Runs a command that is judged by nobody. */
	async pulumi(...args: string[]): Promise<Outcome> {
		this.commands += 1;
		const outcome = await this.stack.pulumi(...args);
		this.said = `$ pulumi ${args.join(" ")}\n${outcome.output}`;
		return outcome;
	}

	/** Runs a command, and fails if something doesn't hold after it. */
	async run(
		name: Done["name"],
		args: string[],
		more: Partial<Done> & { answer?: Answer; rotateNow?: boolean },
	): Promise<Done> {
		const before = more.before ?? (await this.look());
		const count = this.stack.simulator.requests.count();
		if (more.rotateNow) this.stack.environment["GENESYSCLOUD_ROTATE"] = `all@${this.commands}`;
		const { outcome, allowed } =
			more.answer === undefined
				? { outcome: await this.pulumi(...args), allowed: new Set<string>() }
				: await this.#answering(args, more.answer, more.replaced ?? []);
		const calls: RequestEntry[] = this.stack.simulator.requests.all().slice(count);
		await mend(this.stack);
		const done: Done = {
			isRefreshed: false,
			isDisturbed: false,
			replaced: [],
			target: undefined,
			...more,
			name,
			before,
			after: await this.look(),
			outcome,
			program: this.program,
			urnOf: this.urn,
			urnOfCredential: this.urnOfCredential,
			allowed,
			calls,
			login: this.#logins[0]!.clientId,
		};
		judge(done, this.ledger, this.stack.simulator);
		if (outcome.code !== 0 && !done.isDisturbed)
			hold(
				`${name} succeeds where nothing disturbs it (${errorIn(outcome.output)})`,
				isRightlyRefused(done, this.ledger, this.stack.simulator),
				"it failed",
			);
		return done;
	}

	/** Runs a command, and answers its questions as a user does. */
	async #answering(
		args: string[],
		answer: Answer,
		replaced: Slot[],
	): Promise<{ outcome: Outcome; allowed: Set<string> }> {
		let now = await this.look();
		const run = async () => {
			const outcome = await this.pulumi(...args);
			// What the first run has made without it stays as it is.
			delete this.stack.environment["GENESYSCLOUD_ROTATE"];
			now = await this.look();
			return outcome;
		};
		const { left, letGo, others } = this.ledger;
		const answered = await answering(
			{
				run,
				environment: this.stack.environment,
				isThere: (id) => isLive(now, id),
				isReplaced: (id) => holdersOf(now, id).some(({ urn }) => replaced.some((slot) => this.urn(slot) === urn)),
				isUsed: (id) => others.has(id) || holdersOf(now, id).length > 0,
			},
			answer,
		);
		for (const id of answered.allowed) {
			left.delete(id);
			letGo.add(id);
		}
		return answered;
	}
}
