import { afterAll, inject, onTestFinished } from "vitest";
import { type Seed, type Simulator, startSimulator } from "../../../simulator";
import { type Command, type CommandOptions, EngineModel, inItsProcess, type Program } from "../../engine-model";
import { type DynamicProvider, type Front, spawnDynamicProvider } from "./provider-process";
import { configFor } from "./simulator-connection";

/** What a command of Pulumi came to. */
interface StackRun {
	/** What the user was told of failures; none when it succeeded. */
	errors: string[];
	/** What the provider has printed meanwhile. */
	notices: string;
}

/** A stack, and the commands of Pulumi on it, each of which knows nothing of another. */
export interface StackModel {
	simulator: Simulator;
	/** The state. */
	engine: EngineModel;
	/** The stack's configuration; a test may change it. */
	config: Record<string, string>;
	/** Environment variables of the provider; a test may change them. */
	environment: Record<string, string>;
	run: (command: Command, program?: Program, options?: CommandOptions) => Promise<StackRun>;
	/** Runs a command that must succeed. */
	succeed: (command: Command, program?: Program, options?: CommandOptions) => Promise<StackRun>;
	/** Runs a command that must fail, and returns the errors. */
	fail: (command: Command, program?: Program, options?: CommandOptions) => Promise<string>;
}

declare module "vitest" {
	interface ProvidedContext {
		/** How the engine reaches the life cycle: the parameter of the tests that run through both fronts. */
		front: Front;
	}
}

/** Whether a process can't be given a variable later: Node itself reads it, or a library of the process's first module. */
const isReadAtStart = (name: string) => name.startsWith("NODE_") || name === "DEBUG";

/**
 * For a test file: starts stacks whose commands share provider processes, in which each starts without knowing of another: one for each set of
 * variables that a process must be started with.
 */
export function stackModels() {
	const front = inject("front");
	const processes = new Map<string, Promise<DynamicProvider>>();
	afterAll(
		async () => void (await Promise.all([...processes.values()].map(async (provider) => (await provider).end()))),
	);

	/** A process with these variables. */
	const providerWith = async (environment: Record<string, string>): Promise<DynamicProvider> => {
		const variables = Object.entries(environment);
		// Nobody can change a plugin's environment from outside.
		const first = variables.filter(([name]) => front === "plugin" || isReadAtStart(name));
		const key = JSON.stringify(first);
		const found = processes.get(key) ?? spawnDynamicProvider(Object.fromEntries(first), front);
		processes.set(key, found);
		return found;
	};

	return async (options: { seed?: Seed; simulator?: Simulator } = {}): Promise<StackModel> => {
		const simulator =
			options.simulator ?? (await startSimulator(options.seed === undefined ? {} : { seed: options.seed }));
		if (options.simulator === undefined) onTestFinished(async () => simulator.close());
		const engine = new EngineModel();
		const config: Record<string, string> = { ...configFor(simulator) };
		const environment: Record<string, string> = {};
		const run: StackModel["run"] = async (command, program = {}, given = {}) => {
			const provider = await providerWith(environment);
			await provider.startRun(config, environment);
			const errors = await engine.run(inItsProcess(provider), command, program, given);
			return { errors, notices: await provider.printed() };
		};
		return {
			simulator,
			engine,
			config,
			environment,
			run,
			succeed: async (command, program, given) => {
				const outcome = await run(command, program, given);
				if (outcome.errors.length > 0) throw new Error(`${command} failed: ${outcome.errors.join("; ")}`);
				return outcome;
			},
			fail: async (command, program, given) => {
				const { errors } = await run(command, program, given);
				if (errors.length === 0) throw new Error(`${command} was expected to fail, but didn't`);
				return errors.join("; ");
			},
		};
	};
}
