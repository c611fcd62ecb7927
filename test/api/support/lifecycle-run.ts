import type { deadlineIn } from "../../../provider/api/deadline";
import { check } from "../../../provider/lifecycle/oauth-client/check";
import { deleteClient } from "../../../provider/lifecycle/oauth-client/delete";
import { diff } from "../../../provider/lifecycle/oauth-client/diff";
import type { PartialFailure } from "../../../provider/lifecycle/presentable-errors";
import { read } from "../../../provider/lifecycle/oauth-client/read";
import type { Read } from "../../../provider/lifecycle/operations";
import type { OAuthClientOutputs } from "../../../provider/lifecycle/oauth-client/arguments";
import { clientKind } from "../../../provider/lifecycle/oauth-client/kind";
import { RunRegistry } from "../../../provider/lifecycle/run-registry";
import { reconcile } from "../../../provider/lifecycle/oauth-client/reconcile";
import { Session } from "../../../provider/lifecycle/session";
import type { Properties } from "../../../provider/lifecycle/properties";
import { ROLE_IDS } from "../../../simulator";
import { type SimulatedApi, type SimulatedApiOptions, startSimulatedApi } from "./simulated-api";
import { environmentFor } from "./simulator-connection";

/** What a program may declare of a client that acts for itself. */
export const service: Properties = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee }],
};

/** What a program may declare of a client that acts for its users. */
export const webApp: Properties = {
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly", "routing"],
	registeredRedirectUri: ["https://b.example.com/cb", "https://a.example.com/cb"],
};

/** A simulated organization, with the steps that Pulumi takes on it in one run. */
export interface LifecycleRun extends SimulatedApi {
	/** Checks and creates, as `pulumi up` does. */
	create: (program: Properties) => Promise<{ id: string; outs: Properties }>;
	/** Checks, and updates what state holds. */
	update: (id: string, olds: Properties, program: Properties) => Promise<Properties>;
	/** What `pulumi up` would do. */
	diff: (olds: Properties, program: Properties) => { changes: boolean; replaces: string[]; notices: string[] };
	/** What `pulumi refresh` finds. */
	read: (id: string, props: Properties) => Promise<Read & { props?: OAuthClientOutputs }>;
	/** Deletes what state holds. */
	delete: (id: string, props: Properties) => Promise<void>;
	/** What the user was told that is no failure. */
	notices: string[];
}

/** The inputs as a front hands them on: checked. */
export function inputsOf(program: Properties): Properties {
	const { inputs, failures } = check(program);
	if (failures.length > 0) throw new Error(`the test's program is wrong: ${JSON.stringify(failures)}`);
	return inputs;
}

/** Starts an organization, and a run of Pulumi on it. */
export async function startLifecycle(options: SimulatedApiOptions & RunOptions = {}): Promise<LifecycleRun> {
	const simulated = await startSimulatedApi(options);
	return { ...simulated, ...startRun(simulated, options) };
}

/** The same organization in a later run of Pulumi, in another process. */
export const laterRun = (run: LifecycleRun, options: RunOptions = {}): LifecycleRun => ({
	...run,
	...startRun(run, options),
});

/** Whether the secret in some outputs is the client's. */
export function hasWorkingSecret({ simulator }: LifecycleRun, id: string, outputs: Properties): boolean {
	return simulator.organization.checkSecret(id, outputs["clientSecret"] as string);
}

/** What Pulumi keeps in state after a step: its outputs, or those that its failure carries, or what was there before. */
export async function stateAfter(step: Promise<Properties>, before: Properties = {}): Promise<Properties> {
	try {
		return await step;
	} catch (error) {
		return { ...((error as Partial<PartialFailure>).properties ?? before) };
	}
}

/** The URN of a resource of the tests' stack. */
export const ownerOf = (name: string, type = "OAuthClient"): string =>
	`urn:pulumi:test::test::pulumi-nodejs:dynamic/genesyscloud:${type}::${name}`;

/** What a run finds on the machine that it is on. */
export interface RunOptions {
	/** Environment variables beside those of the usual connection. */
	environment?: Record<string, string>;
	/** The stack's configuration. */
	config?: Record<string, string>;
	/** How far the machine's clock is ahead of the organization's, in milliseconds; negative when it is behind. */
	clockAhead?: number;
	/** The resources in the stack's state: their URNs by id. @default nothing is known */
	readEntries?: (owner: string) => Promise<ReadonlyMap<string, string>>;
	/** Makes the deadline of an operation. */
	deadlineIn?: typeof deadlineIn;
}

/** Another run of Pulumi, in a process of its own, on the same organization. */
export function startRun(
	{ simulator, ourClock }: Pick<SimulatedApi, "simulator" | "ourClock">,
	options: RunOptions = {},
) {
	const { environment = {}, config = {}, clockAhead = 0, ...others } = options;
	const notices: string[] = [];
	const session = new Session({
		clock: { ...ourClock, now: () => ourClock.now() + clockAhead },
		environment: { ...environmentFor(simulator), ...environment },
		say: (line) => notices.push(line),
		...others,
	});
	session.configure((key) => config[key]);
	const about = { owner: ownerOf("app"), run: new RunRegistry(clientKind) };
	const steps: Omit<LifecycleRun, keyof SimulatedApi> = {
		notices,
		create: async (program) => {
			const inputs = inputsOf(program);
			const { id, outs } = await reconcile(session.context(inputs, "create", about), inputs);
			return { id, outs: { ...outs } };
		},
		update: async (id, olds, program) => {
			const news = inputsOf(program);
			return { ...(await reconcile(session.context(news, "update", about), news, { id, olds })).outs };
		},
		diff: (olds, program) => diff(String(olds["clientId"]), olds, inputsOf(program), session.occasion()),
		read: async (id, props) =>
			read(session.context(props, "read", about), id, props) as ReturnType<LifecycleRun["read"]>,
		delete: async (id, props) => deleteClient(session.context(props, "delete", about), id, props),
	};
	return steps;
}
