import { vi } from "vitest";
import { runProgram } from "../../../cli/program";
import { type CommandOutcome, environmentOf } from "./command";

/** Runs the command from its sources, in this process: for what a process of its own wouldn't prove better. */
export async function runInProcess(
	args: readonly string[],
	{ variables }: { variables?: Record<string, string> } = {},
): Promise<CommandOutcome> {
	const { env, stdout } = process;
	const written = { stdout: "", stderr: "" };
	const streams = (["stdout", "stderr"] as const).map((name) =>
		vi.spyOn(process[name], "write").mockImplementation((text) => {
			written[name] += String(text);
			return true;
		}),
	);
	const listeners = stdout.listeners("error");
	process.env = environmentOf(variables);
	try {
		await runProgram([process.execPath, "genesyscloud-oauth", ...args]);
		return { code: Number(process.exitCode ?? 0), ...written };
	} finally {
		process.env = env;
		process.exitCode = undefined;
		for (const stream of streams) stream.mockRestore();
		for (const listener of stdout.listeners("error")) {
			if (!listeners.includes(listener)) stdout.off("error", listener as (error: Error) => void);
		}
	}
}
