import { inspect, isDeepStrictEqual } from "node:util";
import type { Properties } from "../../../provider/lifecycle/properties";
import type { RotationInput } from "../../../provider/lifecycle/rotating-oauth-client/inputs";
import { DIVISION_IDS, ROLE_IDS, type Snapshot } from "../../../simulator";
import { ownerOf } from "../../api/support/lifecycle-run";
import { startOperations } from "../../api/support/operations-run";
import type { FaultKind, SimulatedApi } from "../../api/support/simulated-api";
import { type Command, type CommandOptions, EngineModel, inThisProcess, type Row } from "../../engine-model";

const day = 86_400_000;

/** A step in the life of a pair. */
export type PairStep =
	/** Somebody changes the program. */
	| { kind: "declare"; rotation: RotationInput; description: string }
	/** The next runs meet a fault. */
	| { kind: "fault"; method: string; path: string; fault: FaultKind; skip: number }
	/** The faults end. */
	| { kind: "mend" }
	/** Time goes by. */
	| { kind: "wait"; days: number }
	/** `pulumi up`, on a machine whose clock may be wrong, by days; which may be told to rotate, and may be killed before its state is saved. */
	| { kind: "up"; ahead: number; rotates: "" | "all" | "current" | "previous"; isLost: boolean; isRefreshed: boolean }
	| { kind: "preview" }
	| { kind: "refresh" }
	/** `pulumi up --replace`. */
	| { kind: "replace" };

/** How a command is run: with which environment variables, and by a clock that is so many days ahead. */
interface RunOptions {
	environment?: Record<string, string>;
	ahead?: number;
	options?: CommandOptions;
}

interface Credential {
	id: string;
	secret: string;
}

function hold(what: string, actual: unknown, expected: unknown = true): void {
	if (isDeepStrictEqual(actual, expected)) return;
	throw new Error(`it doesn't hold that ${what}: ${inspect(actual)} in place of ${inspect(expected)}`);
}

/** The life of one pair. After each run the credentials in use must log in. */
export class PairWorld {
	readonly #simulated: SimulatedApi;
	readonly #engine = new EngineModel();
	/** The number of orders to rotate. */
	#orders = 0;
	#declared: Properties = {
		name: "CRM sync",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
		rotation: { rotateWhenChanged: { quarter: 1 } },
	};
	constructor(simulated: SimulatedApi, start: Snapshot) {
		this.#simulated = simulated;
		simulated.simulator.restore(start);
		simulated.simulator.faults.clear();
	}

	/** Takes a step. */
	async take(step: PairStep): Promise<void> {
		const { clock, simulator } = this.#simulated;
		switch (step.kind) {
			case "declare":
				this.#declared = { ...this.#declared, rotation: step.rotation, description: step.description };
				return;
			case "fault":
				simulator.faults.add({ method: step.method, path: step.path, skip: step.skip, ...step.fault });
				return;
			case "mend":
				simulator.faults.clear();
				return;
			case "wait":
				// After a day nobody is asked about the clients of a run that was killed.
				this.#removeOrphans();
				clock.advance(step.days * day);
				return;
			case "up":
				await this.#up(step);
				return;
			case "replace":
				await this.#run("up", { options: { replace: ["crm"] } });
				return;
			case "refresh":
			case "preview": {
				const writes = () => simulator.requests.filter({ kind: "api" }).filter(({ method }) => method !== "GET").length;
				const before = writes();
				await this.#run(step.kind);
				hold(`a ${step.kind} only reads`, writes(), before);
				return;
			}
			default:
				step satisfies never;
		}
	}

	/**
	 * What a user does in the end: waits until all works again, then refreshes and runs `up`. Then all is as declared, and can be removed.
	 *
	 * @returns what the organization holds after that
	 */
	async end(): Promise<unknown[]> {
		const { simulator } = this.#simulated;
		simulator.faults.clear();
		hold("an up after failures succeeds", await this.#run("up"), []);
		hold("a refresh succeeds", await this.#run("refresh"), []);
		hold("an up after it succeeds", await this.#run("up"), []);
		simulator.requests.clear();
		hold("an up with nothing to do succeeds", await this.#run("up"), []);
		hold("an up with nothing to do makes no call", simulator.requests.all(), []);
		const clients = simulator.organization.clients();
		hold("there are two clients", clients.map(({ name }) => name).toSorted(), ["CRM sync (A)", "CRM sync (B)"]);
		const { description = "" } = this.#declared;
		hold(
			"both are as declared",
			clients.map((client) => client.description ?? ""),
			[description, description],
		);
		const { outputs } = this.#engine.row("crm")!;
		hold("the current secret logs in", this.#works(currentIn(outputs)));
		hold("the current client is active", simulator.organization.client(currentIn(outputs).id)?.state, "active");
		hold("a destroy succeeds", await this.#run("destroy"), []);
		return simulator.organization.clients();
	}

	async #up({ ahead, rotates, isLost, isRefreshed }: PairStep & { kind: "up" }): Promise<void> {
		const { clientId = "", previousClientId = "" } = (this.#engine.row("crm")?.outputs ?? {}) as Partial<
			Record<string, string>
		>;
		const ids: Record<typeof rotates, string> = {
			"": "",
			all: "all",
			current: clientId,
			previous: previousClientId,
		};
		this.#orders += 1;
		const environment: Record<string, string> =
			ids[rotates] === "" ? {} : { GENESYSCLOUD_ROTATE: `${ids[rotates]}@${this.#orders}` };
		const before = structuredClone(this.#engine.rows);
		await this.#run("up", { environment, ahead, options: { refresh: isRefreshed } });
		if (isLost && before.length < 2 && this.#engine.rows.length < 2) this.#forget(before);
	}

	/** Pulumi is killed before it saves what came of the run. */
	#forget(before: Row[]): void {
		const [row] = this.#engine.rows;
		const [saved] = before;
		if (row !== undefined && saved !== undefined) Object.assign(row, saved);
		else this.#engine.rows = [];
	}

	/** Runs a command of Pulumi, until it asks nothing more; looks at what has come of it. */
	async #run(command: Command, given: RunOptions = {}): Promise<string[]> {
		const before = this.#engine.rows
			.map((row) => ({ row, ...currentIn(row.outputs) }))
			.filter((one) => this.#works(one));
		let errors = await this.#once(command, given);
		const left = [...errors.join().matchAll(/GENESYSCLOUD_TAKE_OVER=([\w,-]+)/g)].map(([, ids]) => ids).join(",");
		if (left !== "" && command === "up") {
			const environment = { ...given.environment, GENESYSCLOUD_TAKE_OVER: left };
			errors = await this.#once(command, { ...given, environment });
		}
		this.#expectUsable(before, command);
		return errors;
	}

	/** Runs a command in a process of its own. */
	async #once(command: Command, { environment = {}, ahead = 0, options = {} }: RunOptions) {
		const { simulator, ourClock } = this.#simulated;
		const clock = { ...ourClock, now: () => ourClock.now() + ahead * day };
		const lifecycle = startOperations({ simulator, ourClock: clock }, { environment });
		const provider = inThisProcess(lifecycle.rotatingOAuthClient, (name) => ownerOf(name, "RotatingOAuthClient"));
		const errors = await this.#engine.run(provider, command, { crm: this.#declared }, options);
		const secrets = this.#engine.rows.flatMap(({ outputs }) => [
			outputs["clientSecret"],
			outputs["previousClientSecret"],
		]);
		for (const line of [...errors, ...lifecycle.notices]) {
			hold("what is told is one line", /^[^\p{Cc}]+$/u.test(line));
			hold("an error was thought of", line.includes("bug in pulumi-genesyscloud-oauth"), false);
			for (const secret of secrets) hold("no secret is shown", secret !== "" && line.includes(String(secret)), false);
		}
		if (errors.some((error) => error.includes("look for a new client named"))) this.#removeOrphans();
		return errors;
	}

	/** The user does what the error says of a client of which nobody knows whether it was made. */
	#removeOrphans(): void {
		const { organization } = this.#simulated.simulator;
		const known = new Set(this.#engine.rows.flatMap(({ outputs }) => idsIn(outputs)));
		for (const { id } of organization.clients()) if (!known.has(id)) organization.removeClient(id);
	}

	#works({ id, secret }: Credential): boolean {
		const { organization } = this.#simulated.simulator;
		const client = organization.client(id);
		return client !== undefined && client.state === "active" && organization.checkSecret(id, secret);
	}

	/** Whatever came of a run: what was current logs in, and so does what is current now. */
	#expectUsable(before: (Credential & { row: Row })[], command: Command): void {
		for (const { row, ...former } of before) {
			// What was replaced is deleted.
			if (!this.#engine.rows.includes(row) || row.replaced || command === "destroy") continue;
			hold("the secret that was current logs in", this.#works(former));
			hold("the secret that is current logs in", this.#works(currentIn(row.outputs)));
		}
	}
}

const currentIn = (outputs: Properties): Credential => ({
	id: String(outputs["clientId"]),
	secret: String(outputs["clientSecret"]),
});

const idsIn = ({ clientId, previousClientId }: Properties): string[] => [String(clientId), String(previousClientId)];
