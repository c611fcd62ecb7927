import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "../../provider/api/clock";
import { gatewayHosts } from "../../provider/api/regions";
import { createManualClock } from "../../simulator/clock";
import { startSimulator } from "../../simulator/simulator";
import { type CommandConnection, type ConnectionOptions, openConnection } from "../connection";
import { type OutputOptions, printJson, printLine } from "../output";
import { startProgress } from "../progress";
import { type ContractOptions, tryContract } from "./contract";
import { type ContractReport, exitCodeOf, reportOn, toMarkdown } from "./report";
import { simulatedOrganization } from "./simulated-organization";

/** The flags of `contract`. */
export interface ContractCommandOptions extends ConnectionOptions, OutputOptions {
	/** The organization to make clients in. @default none: a simulator of its own */
	organization?: string;
	/** Where the reports go. */
	output: string;
}

/** Runs the contract, writes its reports, and sets the exit code. */
export async function runContract(options: ContractCommandOptions): Promise<void> {
	mkdirSync(options.output, { recursive: true });
	const stopping = new AbortController();
	const stop = () => {
		printLine("Stopping: everything that was made is deleted. Interrupt again to leave it", process.stderr);
		stopping.abort();
	};
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
	try {
		const { organization } = options;
		const report =
			organization === undefined
				? await reportOnSimulator(options, stopping.signal)
				: await reportOnOrganization(options, organization, stopping.signal);
		finish(report, options);
	} finally {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.removeListener(signal, stop);
	}
}

async function reportOnOrganization(
	options: ContractCommandOptions,
	organizationId: string,
	stop: AbortSignal,
): Promise<ContractReport> {
	const connection: CommandConnection = openConnection(options);
	const [api, login] = [connection.hosts.api, connection.hosts.login].map((url) => new URL(url).host);
	// A gateway's name is nobody else's business.
	const host = api === undefined || api === login ? "through a gateway" : api;
	return reported(options, { connection, clock: systemClock, organizationId, stop }, host);
}

/** The simulator's time passes by itself: no wait takes any. */
async function reportOnSimulator(options: ContractCommandOptions, stop: AbortSignal): Promise<ContractReport> {
	const clock: Clock = createManualClock({ autoAdvance: true, now: Date.now() });
	const organizationId = randomUUID();
	const simulator = await startSimulator({ clock, seed: simulatedOrganization(organizationId, clock.now()) });
	try {
		const { hostname: host, port } = new URL(simulator.url);
		const hosts = gatewayHosts({ protocol: "http", host, port });
		const connection = { hosts, credentials: simulator.administrator };
		return await reported(options, { connection, clock, organizationId, stop }, "simulator");
	} finally {
		await simulator.close();
	}
}

async function reported(
	options: ContractCommandOptions,
	contract: Omit<ContractOptions, "run" | "onPart">,
	host: string,
): Promise<ContractReport> {
	const date = new Date(contract.clock.now()).toISOString();
	const run = randomUUID().slice(0, 8);
	const progress = startProgress("Asking for the organization", process.stderr, options);
	try {
		const outcome = await tryContract({ ...contract, run, onPart: (name) => progress.update(`Trying ${name}`) });
		progress.succeed(outcome.stopped ? "Stopped" : "Tried everything");
		return reportOn(outcome, { host, date });
	} catch (error) {
		progress.fail("The contract failed");
		throw error;
	}
}

function finish(report: ContractReport, { output, json }: ContractCommandOptions): void {
	const files = [join(output, "contract.md"), join(output, "contract.json")] as const;
	writeFileSync(files[0], toMarkdown(report));
	writeFileSync(files[1], `${JSON.stringify(report, undefined, "\t")}\n`);
	const { counts, leftovers } = report;
	if (json) printJson(report);
	else {
		for (const { id, seen, verdict } of report.results) if (verdict === "differs") printLine(`${id} differs: ${seen}`);
		for (const { kind, id, name, remedy } of leftovers) printLine(`left: ${kind} ${id ?? name ?? ""}: ${remedy}`);
		printLine(
			`${counts.holds} hold, ${counts.differs} differ, ${counts.untried} couldn't be tried: see ${files.join(" and ")}`,
		);
	}
	process.exitCode = exitCodeOf(report);
}
