import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { operations } from "../../../provider/api/oauth-api";
import { type Simulator, startSimulator } from "../../../simulator";
import { type DynamicProvider, type Front, spawnDynamicProvider } from "../../api/support/provider-process";
import { createSinkIn } from "../../api/support/secret-sinks";
import { configFor } from "../../api/support/simulator-connection";
import { LeakDetector } from "../../e2e/support/leaks";
import { type Command, EngineModel, type Program, type Row, inItsProcess } from "../../engine-model";
import type { Call, Duration, FaultOfCall } from "./fault-kinds";
import { clientsIn, currentIn, pairsInUse, wrongCredentials, wrongPair } from "./handed-out";
import type { LifeCyclePath, Scene } from "./life-cycle-paths";

/** The provider processes that cases are run in, one case at a time: one for the run with the fault, one for the run after it. */
export interface Lane {
	faulty: DynamicProvider;
	clean: DynamicProvider;
	/** Starts another process in the place of one that is killed. */
	spawn: () => Promise<DynamicProvider>;
	/** Pulumi's home. */
	home: string;
}

/**
 * Starts the processes of a lane.
 *
 * @param home Pulumi's home
 * @param front how the engine reaches the life cycle
 */
export async function startLane(home: string, front: Front): Promise<Lane> {
	const shortWaits = require.resolve("./short-waits.cjs");
	const environment = {
		NODE_OPTIONS: `--require ${shortWaits}`,
		BUN_OPTIONS: `--preload=${shortWaits}`,
		PULUMI_HOME: home,
	};
	const spawn = async () => spawnDynamicProvider(environment, front);
	const [faulty, clean] = await Promise.all([spawn(), spawn()]);
	return { faulty, clean, spawn, home };
}

/** A path, one of its calls, and what goes wrong with it. */
export interface FaultCase {
	path: LifeCyclePath;
	call: Call;
	fault: FaultOfCall;
	duration: Duration;
}

/** How a case went. */
export interface Outcome extends FaultCase {
	/** What the user read of the run with the fault; nothing when it succeeded. */
	first: string[];
	/** What the user read of the run after it. */
	second: string[];
	/** What is wrong in the end; nothing when the case was survived. */
	wrong: string[];
}

/** The calls that a path makes without a fault. */
export async function callsOf(lane: Lane, path: LifeCyclePath): Promise<Call[]> {
	const walk = await Walk.start(lane, path);
	try {
		const told = await walk.run("faulty");
		if (told.length > 0) throw new Error(`the path "${path.name}" fails without a fault: ${told.join("; ")}`);
		const seen = new Map<string, number>();
		const calls = walk.scene.simulator.requests.all().map(({ method, template }) => {
			const kind = `${method} ${template}`;
			const skip = seen.get(kind) ?? 0;
			seen.set(kind, skip + 1);
			return { method, template: template ?? "", skip };
		});
		const wrong = walk.wrong({ first: told, second: await walk.run("clean"), third: await walk.rest() });
		if (wrong.length > 0) throw new Error(`the path "${path.name}" ends wrongly without a fault: ${wrong.join("; ")}`);
		return calls;
	} finally {
		await walk.end();
	}
}

/** Tries a case. */
export async function tryFault(lane: Lane, faultCase: FaultCase): Promise<Outcome> {
	const { path, call, fault, duration } = faultCase;
	const walk = await Walk.start(lane, path);
	let killed: Promise<void> | undefined;
	const kill = () => {
		killed = lane.faulty.end("SIGKILL");
	};
	try {
		fault.plant(walk.scene.simulator, call, duration, kill);
		const first = await walk.run("faulty");
		await walk.lift();
		const second = await walk.run("clean", killed !== undefined);
		const third = await walk.rest();
		const wrong = [
			...walk.wrong({ first, second, third }),
			// What is killed says nothing, and Pulumi what it says of any provider.
			...(killed === undefined ? first.flatMap((line) => wrongWith(line, faultCase)) : []),
		];
		return { ...faultCase, first, second, wrong };
	} finally {
		await walk.end();
		if (killed !== undefined) {
			await killed;
			lane.faulty = await lane.spawn();
		}
	}
}

/** The operation of a call, as errors name it. */
export function operationOf({ method, template }: Pick<Call, "method" | "template">): string {
	if (template === "/oauth/token") return "login (POST /oauth/token)";
	const known = Object.values(operations).find(
		(operation) => operation.method === method && operation.path === template,
	);
	return known?.name ?? "get_authorization_divisions_home";
}

/** One walk along a path: an organization and a state of its own. */
class Walk {
	readonly scene: Scene;
	readonly #path: LifeCyclePath;
	/** The lane's processes at the beginning: one may be killed. */
	readonly #lane: Lane;
	readonly #model = new EngineModel();
	readonly #leaks = new LeakDetector();
	readonly #printedBefore: string[];
	#statesBefore = new Map<string, string>();
	#wrong: string[] = [];

	private constructor(lane: Lane, path: LifeCyclePath, simulator: Simulator) {
		this.#lane = { ...lane };
		this.#path = path;
		this.#printedBefore = printedBy(lane);
		this.scene =
			path.hasSink === true ? { simulator, sink: createSinkIn(mkdtempSync(join(lane.home, "sink-"))) } : { simulator };
	}

	/** Makes what the path finds. */
	static async start(lane: Lane, path: LifeCyclePath): Promise<Walk> {
		const simulator = await startSimulator();
		const walk = new Walk(lane, path, simulator);
		const { scene } = walk;
		await walk.#command("clean", "up", path.before?.(scene) ?? {});
		const [made] = walk.#model.rows;
		if (made !== undefined) {
			scene.clientId = String(made.outputs["clientId"]);
			scene.secretBefore = String(made.outputs["clientSecret"]);
		}
		path.meanwhile?.(scene);
		if (made !== undefined) Object.assign(made.outputs, path.inState);
		if (path.refreshed === true) await walk.#command("clean", "refresh", {});
		walk.#noteStates();
		simulator.requests.clear();
		return walk;
	}

	/** Runs the path's command with the fault, or what brings all to its declared end without one. */
	async run(which: "faulty" | "clean", afterKill = false): Promise<string[]> {
		const { command, program, commandThen = command, killNeedsRefresh = false } = this.#path;
		if (which === "faulty") return this.#command(which, command, program(this.scene));
		const declared = this.#declared();
		if (afterKill && killNeedsRefresh) await this.#command(which, "refresh", declared);
		let told = await this.#command(which, commandThen, declared);
		// A POST that acted when its run was over has left a client, and the user is asked about it.
		const asked = [...told.join().matchAll(/GENESYSCLOUD_TAKE_OVER=([\w,-]+)/g)].flatMap(([, ids = ""]) =>
			ids.split(","),
		);
		if (asked.length > 0) {
			// Beside what state has, such as what is being replaced, the user wants another.
			const inState = new Set(this.#model.rows.flatMap(clientsIn).map(({ clientId }) => clientId));
			const { true: known = [], false: left = [] } = Object.groupBy(asked, (id) => `${inState.has(id)}`);
			const answer = { "genesyscloud:takeOver": left.join(","), "genesyscloud:allowSameName": known.join(",") };
			const given = Object.fromEntries(Object.entries(answer).filter(([, ids]) => ids !== ""));
			told = await this.#command(which, commandThen, declared, given);
		}
		// A refresh only sees what is to be done.
		if (commandThen === "refresh" && told.length === 0) told.push(...(await this.#command(which, "up", declared)));
		return told;
	}

	/** Runs `pulumi up` once more, which has nothing to do. */
	async rest(): Promise<string[]> {
		const { requests } = this.scene.simulator;
		const before = requests.count();
		const told = await this.#command("clean", "up", this.#declared());
		if (requests.count() !== before) this.#wrong.push("the run after that still finds something to do");
		return told;
	}

	/** The fault is over; whoever was disabled is enabled. */
	async lift(): Promise<void> {
		const { simulator } = this.scene;
		this.#leaks.note(simulator);
		simulator.faults.clear();
		// What was held back is acted on before this is answered.
		await fetch(`${simulator.url}/simulator/clock`);
		const { organization, administrator } = simulator;
		for (const { id, state } of [...organization.clients(), organization.client(administrator.clientId)!]) {
			if (state !== "disabled") continue;
			organization.changeClient(id, { state: this.#stateBefore(id) });
		}
	}

	/** Everything that isn't as it must be in the end. */
	wrong({ first, second, third }: Record<"first" | "second" | "third", string[]>): string[] {
		const { simulator } = this.scene;
		this.#leaks.note(simulator);
		return [
			...this.#wrong,
			...second.map((line) => `the run after the fault failed: ${line}`),
			...third.map((line) => `the run after that failed: ${line}`),
			...this.#wrongClients(),
			...this.#wrongState(),
			...this.#wrongSecret(),
			...this.#wrongPosts(),
			...this.#leaked([...first, ...second, ...third]),
		];
	}

	async end(): Promise<void> {
		await this.scene.simulator.close();
	}

	async #command(
		which: "faulty" | "clean",
		command: Command,
		program: Program,
		config: Record<string, string> = {},
	): Promise<string[]> {
		const { simulator } = this.scene;
		const inUse = pairsInUse(simulator, this.#model);
		const { resource } = this.#path;
		const provider = this.#lane[which];
		await provider.startRun({ ...configFor(simulator), ...config });
		const told = await this.#model.run(inItsProcess(provider, resource), command, program);
		const isGoing = ({ name, replaced }: Row) => replaced || command === "destroy" || !(name in program);
		this.#wrong.push(...wrongCredentials(simulator, this.#model, inUse, isGoing));
		this.#leaks.note(simulator);
		return told;
	}

	/** What the program declares in the end. */
	#declared(): Program {
		const { program, programThen = program } = this.#path;
		return programThen(this.scene);
	}

	#noteStates(): void {
		this.#statesBefore = new Map(this.scene.simulator.organization.clients().map(({ id, state }) => [id, state]));
	}

	/** What a client was before it was disabled: what state knows of it, or else what it was before the fault. A new one is active. */
	#stateBefore(id: string): "active" | "inactive" {
		const { state } = this.#model.rows.flatMap(clientsIn).find(({ clientId }) => clientId === id) ?? {};
		const known = state === "active" || state === "inactive" ? state : this.#statesBefore.get(id);
		return known === "inactive" ? "inactive" : "active";
	}

	#wrongClients(): string[] {
		const clients = this.scene.simulator.organization
			.clients()
			.toSorted((one, other) => one.name.localeCompare(other.name));
		const { clients: declared } = this.#path;
		const shown = clients.map(({ id, name, state }) => `${name} ${id} ${state}`).join(", ");
		if (clients.length !== declared.length) {
			return [`the organization holds ${clients.length} clients, not ${declared.length}: ${shown}`];
		}
		return clients.flatMap((client, index) =>
			Object.entries(declared[index] ?? {})
				.filter(([name, value]) => !isDeepStrictEqual((client as unknown as Record<string, unknown>)[name], value))
				.map(([name, value]) => `its ${name} isn't ${JSON.stringify(value)}`),
		);
	}

	#wrongState(): string[] {
		const declared = Object.keys(this.#declared());
		const { rows } = this.#model;
		const wrong = rows.flatMap(({ initErrors, replaced }) => [
			...initErrors.map((reason) => `state says that it isn't finished: ${reason}`),
			...(replaced ? ["state still holds what was replaced"] : []),
		]);
		if (rows.length !== declared.length) wrong.push(`state holds ${rows.length} resources, not ${declared.length}`);
		for (const client of rows.flatMap(clientsIn)) {
			const id = String(client["clientId"]);
			if (this.scene.simulator.organization.client(id) === undefined) wrong.push(`state holds ${id}, which is gone`);
			if (client["unconfirmedSettings"] !== undefined) wrong.push("state still holds unconfirmedSettings");
		}
		// What is left to do for the secret of a standby client waits for the next rotation, which gives it a new one.
		for (const client of rows.map(currentIn))
			if (client["pendingSecretSteps"] !== undefined) wrong.push("state still holds pendingSecretSteps");
		return wrong;
	}

	#wrongSecret(): string[] {
		const { simulator, sink, clientId = "", secretBefore = "" } = this.scene;
		const { secret: wanted, generations } = this.#path;
		const row = this.#model.row("app");
		if (wanted === "none" || row === undefined) return [];
		const id = String(row.outputs["clientId"]);
		const secret = String(row.outputs["clientSecret"]);
		const works = (candidate: string) =>
			simulator.organization.client(id) !== undefined && simulator.organization.checkSecret(id, candidate);
		if (wanted === "unknown") {
			return [
				...(secret === "" ? [] : ["state holds a secret that nobody asked for"]),
				...(clientId === id && works(secretBefore) ? [] : ["the client's own secret no longer works"]),
			];
		}
		if (wanted === "handed over") {
			return [
				...(secret === "" ? [] : ["state holds a secret"]),
				...(works(sink?.stored().at(-1)?.clientSecret ?? "") ? [] : ["the secret in the sink doesn't log in"]),
			];
		}
		const wrong = works(secret) ? [] : ["the secret in state doesn't log in"];
		if (generations !== undefined) wrong.push(...wrongPair(simulator, row, generations));
		if (wanted === "kept" && secret !== secretBefore) wrong.push("the secret has changed");
		if (sink !== undefined && sink.stored().at(-1)?.clientSecret !== secret) wrong.push("the sink has another secret");
		return wrong;
	}

	/** Of a POST that may have acted there must be no second. */
	#wrongPosts(): string[] {
		const { makes } = this.#path;
		const posts = this.scene.simulator.requests.filter({ method: "POST", template: "/api/v2/oauth/clients" });
		const made = posts.filter(({ processed, status }) => processed && status !== 401).length;
		const allowed = [makes].flat();
		return allowed.includes(made) ? [] : [`${made} clients were made in all, not ${allowed.join(" or ")}`];
	}

	#leaked(told: string[]): string[] {
		const { clientSecret, clientId } = this.scene.simulator.administrator;
		const texts: Record<string, string> = { state: this.#model.inClear(), "what the user was told": told.join("\n") };
		printedBy(this.#lane).forEach((text, index) => {
			texts[`output ${index}`] = text.slice(this.#printedBefore[index]?.length);
		});
		const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
		return [
			...this.#leaks.find(texts).map((place) => `a secret or a token stands in ${place}`),
			...Object.entries(texts)
				.filter(([, text]) => text.includes(basic) || text.includes(clientSecret))
				.map(([place]) => `Pulumi's own credentials stand in ${place}`),
			...Object.entries(texts)
				.filter(([place, text]) => place !== "state" && /^\s+at |node_modules|\.js:\d/m.test(text))
				.map(([place]) => `a stack stands in ${place}`),
		];
	}
}

const printedBy = ({ faulty, clean }: Lane): string[] =>
	[faulty, clean].flatMap((provider) => [provider.stdout(), provider.stderr()]);

/** What tells a user how to go on. */
const wayOut =
	/run pulumi (up|refresh)|[Rr]un again|run the deletion again|next pulumi up|[Cc]heck |Give the OAuth client|only they can enable|adopt|To delete it anyway|kept in state/;

/** What names the operation in other words, or names the login when the fault is that of whoever logs in. */
const named = /invalid_client|is disabled|has disabled it|to adopt: check|login rejected the new secret/;

/** What is wrong with what the user read. */
function wrongWith(line: string, { call, fault }: FaultCase): string[] {
	return [
		...(line.includes("\n") ? ["the error has more than one line"] : []),
		...(line.includes(operationOf(call)) || named.test(line) ? [] : [`the error doesn't name ${operationOf(call)}`]),
		...(fault.says.test(line) ? [] : [`the error doesn't say what came (${fault.says.source})`]),
		...(wayOut.test(line) ? [] : ["the error shows no way out"]),
	];
}
