import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { startCredentialRun } from "./support/credential-run";
import type { FaultKind } from "./support/simulated-api";

const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-tests" };
const next = { ...fields, clientSecret: "the-next-secret-of-the-tests" };
const program = { name: "CRM sync", fields };
const path = "/api/v2/integrations/credentials";
const one = `${path}/{credentialId}`;

type Run = Awaited<ReturnType<typeof startCredentialRun>>;
/** What state holds: nothing, or a resource. */
interface State {
	id?: string;
	outs: Properties;
}

/** What Pulumi keeps after an operation: its result, what a partial failure carries, or what was there. */
async function engine(before: State, failures: string[], work: () => Promise<State>): Promise<State> {
	try {
		return await work();
	} catch (error) {
		const { id, properties, message } = error as Partial<PartialFailure>;
		failures.push(`${message} ${String(error)} ${(error as Error).stack}`);
		return id === undefined ? before : { id, outs: properties ?? {} };
	}
}

/** `pulumi up`, as the engine does it: create without a state, else diff and update. */
const up =
	(wanted: Properties) =>
	async (run: Pick<Run, "create" | "diff" | "update">, { id, outs }: State) => {
		if (id === undefined) return run.create(wanted);
		const { changes } = await run.diff(id, outs, wanted);
		return changes ? { id, outs: await run.update(id, outs, wanted) } : { id, outs };
	};

interface Way {
	name: string;
	/** The calls that can meet a fault. */
	calls: [method: string, template: string][];
	/** What state holds before. */
	before: (run: Run) => Promise<State>;
	command: (run: Pick<Run, "create" | "diff" | "update" | "delete">, state: State) => Promise<State>;
	/** The fields in the end; undefined for no credential. */
	holds: typeof fields | undefined;
}

const nothing = async () => ({ outs: {} });
const made = async (run: Run) => run.create(program);
const listing: [string, string] = ["GET", `${path}/listing`];
const ways: Way[] = [
	{ name: "create", calls: [listing, ["POST", path]], before: nothing, command: up(program), holds: fields },
	{
		name: "update",
		calls: [
			["GET", one],
			["PUT", one],
		],
		before: made,
		command: up({ ...program, fields: next }),
		holds: next,
	},
	{
		name: "adopt",
		calls: [listing, ["PUT", one]],
		before: async (run) => {
			run.simulator.organization.addCredential({ name: "By hand", createdDate: "2020-01-01T00:00:00Z" });
			return nothing();
		},
		command: up({ ...program, adopt: { name: "By hand" } }),
		holds: fields,
	},
	{
		name: "delete",
		calls: [
			["GET", "/api/v2/integrations"],
			["DELETE", one],
		],
		before: made,
		command: async (run, { id = "", outs }) => {
			await run.delete(id, outs);
			return { outs: {} };
		},
		holds: undefined,
	},
];

const faults: Record<string, FaultKind> = {
	"400": { kind: "status", status: 400 },
	"401": { kind: "status", status: 401 },
	"403": { kind: "status", status: 403 },
	"404": { kind: "status", status: 404 },
	"409": { kind: "status", status: 409 },
	"429": { kind: "status", status: 429, retryAfterSeconds: 2 },
	"500": { kind: "status", status: 500 },
	"503": { kind: "status", status: 503 },
	"503 after it acted": { kind: "status", status: 503, when: "after" },
	"a cut connection": { kind: "cut" },
	"a cut connection after it acted": { kind: "cut", when: "after" },
	"broken JSON after it acted": { kind: "malformed", when: "after" },
	"a page in place of an answer": { kind: "html" },
	"a page after it acted": { kind: "html", when: "after" },
	"a cut connection for good": { kind: "cut", times: "always" },
	"500 for good": { kind: "status", status: 500, times: "always" },
};

const cases = ways.flatMap((way) =>
	way.calls.flatMap((call) => Object.keys(faults).map((fault) => ({ way, call, fault }))),
);

describe("whatever one call of a credential meets, the next run ends well: nothing lost, nothing doubled, no secret told", () => {
	test.each(cases)("$way.name: $call.0 $call.1 meets $fault", async ({ way, call: [method, template], fault }) => {
		const run = await startCredentialRun();
		const before = await way.before(run);
		run.fault(method, template, faults[fault]!);
		const failures: string[] = [];
		const first = run.later();
		let state = await engine(before, failures, async () => way.command(first, before));
		run.simulator.faults.clear();
		// What an unanswered POST left is the user's to take over; then the run ends well.
		const asked = [...failures];
		const second = run.later();
		if (way.holds !== undefined || state.id !== undefined) {
			state = await engine(state, asked, async () => way.command(second, state));
			const [, leftOver] = /GENESYSCLOUD_TAKE_OVER=(\S+?)\./.exec(asked.at(-1) ?? "") ?? [];
			if (state.id === undefined && leftOver !== undefined) {
				state = await way.command(run.later({ GENESYSCLOUD_TAKE_OVER: leftOver }), state);
			}
		}
		const { organization } = run.simulator;
		const held = organization.credentials().map(({ id }) => ({
			id,
			isAsDeclared: way.holds !== undefined && organization.checkCredential(id, way.holds),
		}));
		expect(held).toEqual(way.holds === undefined ? [] : [{ id: state.id, isAsDeclared: true }]);
		const told = [...asked, ...first.notices, ...second.notices].join("\n");
		for (const { clientSecret } of [fields, next]) expect(told).not.toContain(clientSecret);
		for (const failure of failures) expect(failure).not.toMatch(/a bug in pulumi/);
	});
});
