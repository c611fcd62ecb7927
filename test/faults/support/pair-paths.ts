import type { Simulator } from "../../../simulator";
import type { Properties } from "../../api/support/provider-process";
import { app, type LifeCyclePath, role, service, sinkOf, webApp } from "./life-cycle-paths";

const day = 86_400_000;
const byValue = (quarter: string) => ({ rotation: { rotateWhenChanged: { quarter } } });
/** Of a pair that was made 26 days ago: its previous client is set to inactive, and its next rotation is due in 4 days. */
const longAgo = new Date(Date.now() - 26 * day).toISOString();
const byPeriod = { rotation: { periodDays: 30, startingAt: longAgo, deactivatePreviousAfterDays: 25 } };
const overdue = { rotatedAt: new Date(Date.now() - 40 * day).toISOString() };

const clientNow = (letter: "A" | "B", change: Properties = {}): Properties => ({
	name: `Service (${letter})`,
	authorizedGrantType: "CLIENT-CREDENTIALS",
	state: "active",
	roleDivisions: [role],
	...change,
});
const detecting = { detectSecretReset: true };
const bothNow = (change: Properties = {}) => [clientNow("A", change), clientNow("B", change)];
const quarter = (value: string, change: Properties = {}) => service({ ...byValue(value), ...change });
const idOf = ({ organization }: Simulator, letter: "A" | "B") =>
	organization.clients().find(({ name }) => name === `Service (${letter})`)?.id ?? "";

/** Somebody has made both clients by hand. */
function madeByHand({ simulator }: { simulator: Simulator }): void {
	for (const name of ["Old A", "Old B"]) simulator.organization.addClient({ name, roleDivisions: [role] });
}

/** A path without its name. */
type Way = Omit<LifeCyclePath, "name">;

/** What comes after the run with the fault: a second run of the same program, the next value, or the end. */
const thenNext = { programThen: () => app(quarter("Q3")) };
const thenDestroy = {
	commandThen: "destroy" as const,
	programThen: () => ({}),
	clients: [],
	secret: "none" as const,
} satisfies Partial<LifeCyclePath>;

const rotate: Way = {
	resource: "RotatingOAuthClient",
	before: () => app(quarter("Q1")),
	command: "up",
	program: () => app(quarter("Q2")),
	clients: bothNow(),
	secret: "known",
	generations: [1],
	makes: 0,
};
const rotateAndChange: Way = {
	...rotate,
	program: () => app(quarter("Q2", { description: "Changed" })),
	clients: bothNow({ description: "Changed" }),
};
const create: Way = {
	...rotate,
	before: () => ({}),
	program: () => app(quarter("Q1")),
	generations: [0],
	makes: 2,
};
const update: Way = {
	...rotate,
	program: () => app(quarter("Q1", { description: "Changed" })),
	clients: bothNow({ description: "Changed" }),
	secret: "kept",
	generations: [0],
};
const deactivate: Way = {
	...rotate,
	before: () => app(service(byPeriod)),
	inState: { rotatedAt: longAgo },
	program: () => app(service(byPeriod)),
	clients: [clientNow("A"), clientNow("B", { state: "inactive" })],
	secret: "kept",
	generations: [0],
};
const remove: Way = { ...rotate, program: () => ({}), clients: [], secret: "none" };

/** Every way of a pair. */
export const pairPaths: LifeCyclePath[] = [
	{ name: "pair: create", everyRun: true, ...create },
	{ name: "pair: create, then the next value", ...create, programThen: () => app(quarter("Q2")), generations: [0, 1] },
	{ name: "pair: rotate", everyRun: true, ...rotate },
	{ name: "pair: rotate, then the next value", ...rotate, ...thenNext, generations: [1, 2] },
	{ name: "pair: rotate, then destroy", ...rotate, ...thenDestroy },
	{ name: "pair: rotate and change a setting", ...rotateAndChange },
	{
		name: "pair: rotate and change a setting, then the next value without that",
		everyRun: true,
		...rotateAndChange,
		...thenNext,
		clients: bothNow({ description: "" }),
		generations: [1, 2],
		killNeedsRefresh: true,
	},
	{ name: "pair: rotate and change a setting, then destroy", ...rotateAndChange, ...thenDestroy },
	{
		name: "pair: rotate, with a sink",
		...rotate,
		hasSink: true,
		before: (scene) => app(quarter("Q1", sinkOf(scene))),
		program: (scene) => app(quarter("Q2", sinkOf(scene))),
	},
	{
		name: "pair: rotate, the previous client is inactive",
		...deactivate,
		inState: overdue,
		meanwhile: ({ simulator }) => {
			simulator.organization.changeClient(idOf(simulator, "B"), { state: "inactive" });
		},
		refreshed: true,
		clients: bothNow(),
		secret: "known",
		generations: [1],
	},
	{ name: "pair: update", ...update },
	{
		name: "pair: update, then the next value",
		...update,
		programThen: () => app(quarter("Q2", { description: "Changed" })),
		secret: "known",
		generations: [1],
	},
	{ name: "pair: update, then destroy", ...update, ...thenDestroy },
	{ name: "pair: deactivate the previous client", ...deactivate },
	{
		name: "pair: deactivate the previous client, then rotate",
		everyRun: true,
		...deactivate,
		killNeedsRefresh: true,
		programThen: () => app(service({ rotation: { ...byPeriod.rotation, periodDays: 26 } })),
		clients: bothNow(),
		secret: "known",
		generations: [1],
	},
	{ name: "pair: deactivate the previous client, then destroy", ...deactivate, ...thenDestroy },
	{ name: "pair: delete", everyRun: true, ...remove },
	{ name: "pair: destroy", ...remove, command: "destroy" },
	{
		name: "pair: delete, then the program has it again",
		...remove,
		commandThen: "refresh",
		programThen: () => app(quarter("Q1")),
		clients: bothNow(),
		secret: "known",
		generations: [0],
		makes: [0, 1, 2],
	},
	{
		name: "pair: deactivate instead of deleting",
		...remove,
		before: () => app(quarter("Q1", { deletion: "deactivate" })),
		clients: bothNow({ state: "inactive" }),
	},
	{
		name: "pair: refresh, of a pair whose current client somebody has deleted",
		...rotate,
		meanwhile: ({ simulator }) => simulator.organization.removeClient(idOf(simulator, "A")),
		command: "refresh",
		program: () => app(quarter("Q1")),
		generations: [0],
		makes: 1,
	},
	{
		name: "pair: refresh, of a secret in use that somebody has reset",
		...rotate,
		before: () => app(quarter("Q1", detecting)),
		meanwhile: ({ simulator }) => {
			simulator.organization.regenerateSecret(idOf(simulator, "A"));
		},
		command: "refresh",
		program: () => app(quarter("Q1", detecting)),
	},
	{
		name: "pair: adopt",
		...create,
		meanwhile: madeByHand,
		program: ({ simulator }) => {
			const [a, b] = simulator.organization.clients().map(({ id }) => ({ clientId: id, rotateSecret: true }));
			return app(quarter("Q1", { adopt: { a, b } }));
		},
		// If the secret of A can't be tried, B becomes current.
		generations: [0, 1],
		makes: 0,
	},
	{
		name: "pair: replace",
		...rotate,
		before: () => app(webApp({ ...byValue("Q1"), name: "Service" })),
		program: () => app(quarter("Q1")),
		generations: [0],
		makes: 2,
	},
];
