import { vi } from "vitest";
import { runProgram } from "../../../cli/program";
import { type CommandOutcome, environmentOf } from "./command";

/** Runs the command from its sources, in this process: for what a process of its own wouldn't prove better. */
export async function runInProcess(
	args: readonly string[],
	{ variables, directory }: { variables?: Record<string, string>; directory?: string } = {},
): Promise<CommandOutcome> {
	const { env, stdout } = process;
	const before = process.cwd();
	const written = { stdout: "", stderr: "" };
	const streams = (["stdout", "stderr"] as const).map((name) =>
		vi.spyOn(process[name], "write").mockImplementation((text) => {
			written[name] += String(text);
			return true;
		}),
	);
	const listeners = stdout.listeners("error");
	process.env = environmentOf(variables);
	if (directory !== undefined) process.chdir(directory);
	try {
		await runProgram([process.execPath, "genesyscloud-oauth", ...args]);
		return { code: Number(process.exitCode ?? 0), ...written };
	} finally {
		process.env = env;
		process.chdir(before);
		process.exitCode = undefined;
		for (const stream of streams) stream.mockRestore();
		for (const listener of stdout.listeners("error")) {
			if (!listeners.includes(listener)) stdout.off("error", listener as (error: Error) => void);
		}
	}
}
