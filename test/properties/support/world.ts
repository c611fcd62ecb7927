import { inspect, isDeepStrictEqual } from "node:util";
import { adoptionOf } from "../../../provider/lifecycle/oauth-client/kind";
import { clientOperations } from "../../../provider/lifecycle/oauth-client/operations";
import type { Properties } from "../../../provider/lifecycle/properties";
import { Session } from "../../../provider/lifecycle/session";
import { type ClientRecord, DIVISION_IDS, type Snapshot } from "../../../simulator";
import { ownerOf } from "../../api/support/lifecycle-run";
import type { SimulatedApi } from "../../api/support/simulated-api";
import { environmentFor } from "../../api/support/simulator-connection";
import { type Command, EngineModel, inThisProcess, type Row } from "../../engine-model";
import { expectedOf, settingFields, settingsOf } from "./declared-settings";
import type { SinkDouble } from "./sink-double";

/** Fails when something isn't so. */
function hold(what: string, actual: unknown, expected: unknown = true): void {
	if (isDeepStrictEqual(actual, expected)) return;
	throw new Error(
		`it doesn't hold that ${what}: ${inspect(actual, { depth: 6 })} in place of ${inspect(expected, { depth: 6 })}`,
	);
}

/** What a run of Pulumi came to. */
interface RunOutcome {
	/** What the user was shown as errors; empty when the run succeeded. */
	errors: string[];
	/** What the user was told beside that. */
	notices: string[];
}

/** What an error says when nobody could find out whether a client was made: then the user must look. */
const asksToLook = /look for a new client named/;

/** The clients that an error asks about: whether another is to be made beside them. */
const askedAbout = ({ errors }: RunOutcome) => /GENESYSCLOUD_ALLOW_SAME_NAME=([\w,-]+)/.exec(errors.join())?.[1];

/** One history: the program, Pulumi, the organization, and whoever works behind Pulumi's back. After each run it looks at everything. */
export class World {
	/** What the program declares now. */
	readonly program = new Map<string, Properties>();
	readonly engine = new EngineModel();
	readonly simulated: SimulatedApi;
	readonly sink: SinkDouble;
	/** Clients that aren't the stack's: strangers, released ones, and those that a deletion only deactivated. */
	readonly left = new Set<string>();
	/** Clients whose secret somebody has reset since the stack knew it. */
	readonly reset = new Set<string>();
	/** Clients that are other than the stack left them, until a refresh has seen it: somebody changed them, or a deletion failed half-way. */
	readonly drifted = new Set<string>();
	/** Clients that the stack has adopted: their secrets may be unknown to it. */
	readonly #adopted = new Set<string>();
	/** Clients beside which the user allows others of their name. */
	#allowed: string | undefined;
	/** Every secret that anybody has seen. */
	readonly #secrets = new Set<string>();

	constructor(simulated: SimulatedApi, sink: SinkDouble, start: Snapshot) {
		this.simulated = simulated;
		this.sink = sink;
		simulated.simulator.restore(start);
		simulated.simulator.faults.clear();
		simulated.simulator.requests.clear();
		sink.stored.clear();
		sink.broken = false;
		this.#secrets.add(simulated.simulator.administrator.clientSecret);
	}

	get organization() {
		return this.simulated.simulator.organization;
	}

	/** The client of a resource, where there is one. */
	clientOf(name: string): ClientRecord | undefined {
		const id = this.engine.row(name)?.id;
		return id === undefined ? undefined : this.organization.client(id);
	}

	/** Puts a client into the organization that the stack doesn't know. */
	addStranger(name: string): string {
		const roleDivisions = [{ roleId: this.organization.roles()[0]!.id, divisionId: DIVISION_IDS.home }];
		const { client, secret } = this.organization.addClient({ name, roleDivisions });
		if (secret !== undefined) this.#secrets.add(secret);
		this.left.add(client.id);
		return client.id;
	}

	/** Somebody gives a client a new secret behind Pulumi's back. */
	resetSecret(id: string): void {
		this.#secrets.add(this.organization.regenerateSecret(id));
		this.reset.add(id);
	}

	async preview(): Promise<void> {
		const { requests } = this.simulated.simulator;
		requests.clear();
		await this.#run("preview");
		hold("a preview only reads", writesIn(requests), []);
	}

	async up(): Promise<RunOutcome> {
		let outcome = await this.#watched("up");
		// A namesake that no resource of the run is known to hold was released, or is somebody else's, or is compared later: the user says so.
		const allowed: string[] = [];
		for (let asked = askedAbout(outcome); asked !== undefined; asked = askedAbout(outcome)) {
			hold("nobody is asked twice about a client", !allowed.includes(asked));
			allowed.push(asked);
			this.#allowed = allowed.join(",");
			outcome = await this.#watched("up");
		}
		if (outcome.errors.length === 0) {
			const ids = this.engine.rows.map(({ id }) => id);
			hold("no two resources manage one client", new Set(ids).size, ids.length);
		}
		return outcome;
	}

	async refresh(): Promise<RunOutcome> {
		const { requests } = this.simulated.simulator;
		requests.clear();
		const outcome = await this.#watched("refresh");
		hold("a refresh only reads", writesIn(requests), []);
		if (outcome.errors.length === 0) this.drifted.clear();
		return outcome;
	}

	async destroy(): Promise<RunOutcome> {
		return this.#watched("destroy");
	}

	/** A command of Pulumi, in a process of its own. */
	async #run(command: Command): Promise<RunOutcome> {
		const { simulator, ourClock } = this.simulated;
		const notices: string[] = [];
		const session = new Session({
			clock: ourClock,
			environment: environmentFor(simulator),
			say: (line) => notices.push(line),
		});
		session.configure((key) => (key === "genesyscloud:allowSameName" ? this.#allowed : undefined));
		const provider = inThisProcess(clientOperations(session), ownerOf);
		return { errors: await this.engine.run(provider, command, Object.fromEntries(this.program)), notices };
	}

	/** What a user does in the end: waits until all works again, then refreshes and runs `up`. Then all is as declared. */
	async cleanUp(): Promise<void> {
		this.simulated.simulator.faults.clear();
		this.sink.broken = false;
		for (const { id, state } of this.organization.clients()) {
			if (state !== "disabled") continue;
			this.organization.enableClient(id);
			this.drifted.add(id);
		}
		for (const [name, declared] of this.program) {
			const target = adoptionOf(declared)?.clientId;
			// Somebody has deleted it, or given it another grant, and up says so: then the program must ask for a new one.
			if (
				target !== undefined &&
				this.organization.client(target)?.authorizedGrantType !== declared["authorizedGrantType"]
			) {
				const { adopt: _, ...without } = declared;
				this.program.set(name, without);
			}
		}
		await this.#expectNoRefreshNeeded();
		const tried = new Set(this.engine.rows.filter((row) => this.#isTried(row)).map(({ id }) => id));
		hold("the refresh of the clean-up succeeds", (await this.refresh()).errors, []);
		hold("the up of the clean-up succeeds", (await this.up()).errors, []);
		this.#expectDeclared(tried);
		const { requests } = this.simulated.simulator;
		requests.clear();
		hold("an up with nothing to do succeeds", (await this.up()).errors, []);
		hold("an up with nothing to do makes no call", requests.all(), []);
		const before = structuredClone(this.engine.rows);
		hold("a refresh after it succeeds", (await this.refresh()).errors, []);
		hold("a refresh after it finds nothing", settled(this.engine.rows), settled(before));
	}

	/** Removes all; what isn't the stack's stays. */
	async end(): Promise<void> {
		hold("a destroy succeeds", (await this.destroy()).errors, []);
		hold("a destroy leaves nothing in state", this.engine.rows, []);
		const others = this.organization.clients().filter(({ id }) => !this.left.has(id));
		hold("a destroy leaves no client that nobody knows", others, []);
	}

	/** Runs a command, and looks at what has come of it. */
	async #watched(command: Command): Promise<RunOutcome> {
		const rows = this.engine.rows;
		const before = structuredClone(rows);
		const clients = new Map(this.organization.clients().map((client) => [client.id, client]));
		const left = new Set(this.left);
		const outcome = await this.#run(command);
		this.#noteSecrets();
		this.#expectTold(outcome);
		for (const row of rows) {
			const isDeleted = !this.engine.rows.includes(row);
			if (isDeleted && row.outputs["deletion"] === "deactivate" && this.organization.client(row.id) !== undefined)
				this.left.add(row.id);
			// Its deletion may have failed after the client was made inactive.
			if (!isDeleted && (command === "destroy" || row.replaced || !this.program.has(row.name)))
				this.drifted.add(row.id);
		}
		for (const { id } of this.engine.rows) {
			if (this.left.delete(id)) this.#adopted.add(id);
		}
		this.#expectNoOrphan(outcome);
		this.#expectNothingElse(before, clients, left, command === "destroy");
		if (command === "up") this.#expectWritten(before, clients);
		this.#expectSecrets(before);
		return outcome;
	}

	/** Of the clients that were and are managed: a run changes what its program changes, and state knows what was changed, or that it doesn't know. */
	#expectWritten(before: Row[], clients: Map<string, ClientRecord>): void {
		for (const { id, name, inputs, outputs } of before) {
			const row = this.engine.row(name);
			const news = this.program.get(name);
			if (row?.id !== id || news === undefined || this.engine.rows.filter((other) => other.id === id).length > 1)
				continue;
			const [was, is] = [settingsOf(clients.get(id)), settingsOf(this.organization.client(id))];
			if (was === undefined || is === undefined) continue;
			const { unconfirmedSettings: left = [] } = outputs as { unconfirmedSettings?: string[] };
			const { unconfirmedSettings: unsure = [] } = row.outputs as { unconfirmedSettings?: string[] };
			const [known, knownNow] = [settingsOf(outputs), settingsOf(row.outputs)];
			const [declaredBefore, declared] = [expectedOf(inputs), expectedOf(news)];
			const isOfOneGrant = declaredBefore.authorizedGrantType === declared.authorizedGrantType;
			for (const [key, field] of Object.entries(settingFields)) {
				const setting = key as keyof typeof settingFields;
				const isSame = isDeepStrictEqual(was[setting], is[setting]);
				const isLeft = isDeepStrictEqual(known?.[setting], declared[setting]) && !left.includes(field);
				if (isOfOneGrant && isLeft) hold(`up leaves ${setting} of ${name} as it was`, is[setting], was[setting]);
				if (!isSame && !unsure.includes(field)) {
					hold(`state knows that ${setting} of ${name} was changed`, knownNow?.[setting], is[setting]);
				}
			}
		}
	}

	/** What a failed run has left is finished by the next one alone, unless somebody has changed the client too. */
	async #expectNoRefreshNeeded(): Promise<void> {
		const { errors } = await this.up();
		if (this.drifted.size === 0) hold("an up after failures succeeds", errors, []);
		if (errors.length > 0) return;
		for (const [name, declared] of this.program) {
			const client = this.clientOf(name);
			if (client === undefined || this.drifted.has(client.id)) continue;
			hold(`${name} is as declared without a refresh`, settingsOf(client), expectedOf(declared));
		}
	}

	#noteSecrets(): void {
		for (const { outputs } of this.engine.rows) {
			const secret = outputs["clientSecret"];
			if (typeof secret === "string" && secret !== "") this.#secrets.add(secret);
		}
	}

	#expectTold({ errors, notices }: RunOutcome): void {
		for (const line of [...errors, ...notices]) {
			hold("what is told is one line", /^[^\p{Cc}]+$/u.test(line));
			if (line.includes("bug in pulumi-genesyscloud-oauth")) hold("an error was thought of", line, "");
			for (const secret of this.#secrets) hold("no secret is shown", !line.includes(secret));
		}
	}

	#expectNoOrphan({ errors }: RunOutcome): void {
		const known = new Set(this.engine.rows.map(({ id }) => id));
		const orphans = this.organization.clients().filter(({ id }) => !known.has(id) && !this.left.has(id));
		if (errors.some((error) => asksToLook.test(error))) {
			// The user does what the error says.
			for (const { id } of orphans) this.organization.removeClient(id);
			return;
		}
		hold(`no client is orphaned, after ${errors.join()}`, orphans, []);
	}

	/** No client is gone, and no stranger changed, that the program had no business with. */
	#expectNothingElse(before: Row[], clients: Map<string, ClientRecord>, left: Set<string>, isDestroy: boolean): void {
		const adopted = new Set([...this.program.values()].map((declared) => adoptionOf(declared)?.clientId));
		const unwanted = new Set(
			before
				.filter(
					({ name, id, replaced }) =>
						isDestroy || replaced || !this.program.has(name) || this.engine.row(name)?.id !== id,
				)
				.map(({ id }) => id),
		);
		const stays = new Set(
			this.engine.rows.filter(({ name, replaced }) => !replaced && this.program.has(name)).map(({ id }) => id),
		);
		for (const [id, client] of clients) {
			const now = this.organization.client(id);
			if (now === undefined) {
				hold(`client ${id} is gone because nobody wants it`, unwanted.has(id) && (isDestroy || !stays.has(id)));
			} else if (left.has(id) && this.left.has(id) && !adopted.has(id)) {
				hold("no stranger is touched", now, client);
			}
		}
	}

	#expectSecrets(before: Row[]): void {
		for (const entry of this.engine.rows) {
			const { id, outputs } = entry;
			const client = this.organization.client(id);
			const secret = outputs["clientSecret"];
			const earlier = before.find((other) => other.id === id && other.name === entry.name)?.outputs;
			if (earlier?.["clientSecret"] !== secret) this.reset.delete(id);
			// An entry that waits for its deletion may know only what the client was like before another resource adopted it.
			const isOld =
				entry.replaced ||
				!this.program.has(entry.name) ||
				this.engine.rows.some((other) => other !== entry && other.id === id);
			if (client === undefined || client.authorizedGrantType === "TOKEN" || isOld) continue;
			if (
				typeof earlier?.["clientSecret"] === "string" &&
				earlier["clientSecret"] !== "" &&
				outputs["authorizedGrantType"] !== "TOKEN"
			) {
				hold("no known secret is lost", secret !== "");
			}
			const pendingSecretSteps = (outputs["pendingSecretSteps"] ?? []) as string[];
			// A rotation without an answer leaves the old secret to be tried.
			const isTried = pendingSecretSteps.includes("verify") && earlier?.["clientSecret"] === secret;
			const isSure = !isTried && !pendingSecretSteps.some((step) => step.startsWith("renew"));
			if (typeof secret === "string" && secret !== "" && isSure && !this.reset.has(id)) {
				hold(`the secret in state of ${entry.name} is the client's`, this.organization.checkSecret(id, secret));
			}
		}
	}

	/** Whether a refresh tries the secret in state: the program must have been applied with that, and the client must be active. */
	#isTried({ id, outputs }: Row): boolean {
		const client = this.organization.client(id);
		const canTry = client?.state === "active" && client.authorizedGrantType === "CLIENT-CREDENTIALS";
		return canTry && outputs["detectSecretReset"] === true;
	}

	/** @param tried clients whose secret a refresh has tried */
	#expectDeclared(tried: Set<string>): void {
		for (const [name, declared] of this.program) {
			const entry = this.engine.row(name);
			if (entry === undefined) throw new Error(`${name} isn't in state`);
			const client = this.organization.client(entry.id);
			const { pendingSecretSteps: steps = [] } = entry.outputs as { pendingSecretSteps?: string[] };
			// The secret of an inactive client can't be tried.
			const left = client?.state === "active" ? steps : steps.filter((step) => step !== "verify");
			hold(`nothing is left to do on ${name}`, left, []);
			hold(`${name} is as declared`, settingsOf(client), expectedOf(declared));
			const secret = entry.outputs["clientSecret"] as string;
			if (declared["authorizedGrantType"] === "TOKEN") continue;
			if (!this.#adopted.has(entry.id) || adoptionOf(declared)?.rotateSecret === true)
				hold(`${name} has a secret`, secret !== "");
			if (secret !== "" && (tried.has(entry.id) || !this.reset.has(entry.id))) {
				hold(`the secret of ${name} logs in`, this.organization.checkSecret(entry.id, secret));
			}
			if (secret !== "" && declared["secretSink"] !== undefined) {
				hold(`the sink has the secret of ${name}`, this.sink.stored.get(entry.id)?.clientSecret, secret);
			}
		}
		const ours = this.organization.clients().filter(({ id }) => !this.left.has(id));
		hold("there are as many clients as resources", ours.length, this.program.size);
		hold("there are as many entries as resources", this.engine.rows.length, this.program.size);
	}
}

/**
 * The state without what a second refresh may find out: whether a secret that couldn't be tried before logs in, and that a renewal
 * counts as a change of the client, which its outputs don't say until then. Pulumi counts neither as drift.
 */
const settled = (rows: Row[]) =>
	rows.map(({ outputs, ...row }) => ({
		...row,
		outputs: { ...outputs, pendingSecretSteps: undefined, dateModified: undefined, modifiedBy: undefined },
	}));

const writesIn = (requests: SimulatedApi["simulator"]["requests"]) =>
	requests.filter({ kind: "api" }).filter(({ method }) => method !== "GET");
