import { CommandError, type Stack } from "@pulumi/pulumi/automation/index.js";
import { mistakeText, readClients } from "#clients-file";
import { EventRecorder } from "#engine-events";
import { programOf } from "#program";
import { type ClientReport, isTouched, type Outcome, type RunReport } from "#run-report";
import { openStack } from "#stack";
import { StackLockedError, withLock } from "#stack-lock";

/** What to run, and on what. */
export interface RunOptions {
	/** The command. */
	command: "preview" | "up" | "drift";
	/** The file of clients. */
	clients: string;
	/** The stack. */
	stack: string;
	/** How long to wait for a locked stack, in seconds. */
	lockTimeout: number;
	/** Directories of policy packs. */
	policyPack: string[];
	/** A file with their settings. */
	policyConfig?: string;
	/** What a new stack's secrets are encrypted with. */
	secretsProvider?: string;
	/** Ends the run early, in order: what is under way is finished, nothing new is begun. */
	signal: AbortSignal;
	/** Takes a line for whoever watches. */
	log: (line: string) => void;
	/** Called for each client that an `up` is done with. */
	onDone: (client: ClientReport) => void;
}

/** Runs a command, and tells what came of it. Doesn't throw: a failure is a report too. */
export async function run(options: RunOptions): Promise<RunReport> {
	const { command, stack } = options;
	let recorder = newRecorder(options);
	const reportOf = (outcome: Outcome, errors: string[] = []): RunReport => {
		const { errors: told, ...collected } = recorder.collected;
		return { version: 1, command, stack, outcome, ...collected, errors: told.length > 0 ? told : errors };
	};
	try {
		const { declared, mistakes } = await readClients(options.clients);
		if (mistakes.length > 0) return reportOf("invalid", mistakes.map(mistakeText));
		await withLock(options, async () => {
			// A run that was refused has seen nothing, so nothing of it stays.
			recorder = newRecorder(options);
			await operate(await openStack(options, programOf(declared)), options, recorder);
		});
		return reportOf(outcomeOf(command, recorder.collected.clients));
	} catch (error) {
		if (error instanceof StackLockedError) return reportOf("locked", [error.message]);
		const isRefused = recorder.collected.policy.some(({ level }) => level === "mandatory");
		return isRefused ? reportOf("refused") : reportOf("failed", [reasonOf(error)]);
	}
}

const newRecorder = ({ command, onDone }: RunOptions) =>
	new EventRecorder({ isDrift: command === "drift", onDone: command === "up" ? onDone : () => {} });

async function operate(stack: Stack, options: RunOptions, recorder: EventRecorder): Promise<void> {
	const { command, policyPack: policyPacks, policyConfig, signal } = options;
	const watched = { onEvent: recorder.take, signal };
	const governed = {
		...watched,
		...(policyPacks.length === 0 ? {} : { policyPacks }),
		// One for each pack, in their order.
		...(policyConfig === undefined ? {} : { policyPackConfigs: policyPacks.map(() => policyConfig) }),
	};
	if (command === "preview") await stack.preview(governed);
	if (command === "up") await stack.up(governed);
	// Compares Genesys Cloud with the state, and leaves both alone.
	if (command === "drift") await stack.previewRefresh(watched);
}

function outcomeOf(command: RunOptions["command"], clients: ClientReport[]): Outcome {
	if (!clients.some(isTouched)) return "unchanged";
	return command === "drift" ? "drifted" : "changed";
}

/** The reason for a failure that the engine's events don't tell: one that came before them. */
function reasonOf(error: unknown): string {
	if (!(error instanceof CommandError)) return error instanceof Error ? error.message : String(error);
	const lines = error.message.split("\n").map((line) => line.trim());
	const said = lines.findLast((line) => line.startsWith("error: "))?.slice("error: ".length);
	return (
		said ??
		lines.find((line) => line.startsWith("stderr: "))?.slice("stderr: ".length) ??
		"Pulumi failed and gave no reason"
	);
}
