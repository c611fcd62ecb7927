import { expect } from "vitest";
import type { Check } from "../../../cli/doctor/check";
import type { DoctorJson } from "../../../cli/doctor/run";
import { startOrganization, variablesFor } from "./command";
import { runInProcess } from "./in-process";

/** Runs `doctor` with an environment with which no login works. Returns its last check. */
export async function lastCheckWith(change: Record<string, string>): Promise<Check | undefined> {
	const simulator = await startOrganization();
	const { code, stdout, stderr } = await runInProcess(["doctor", "--json"], {
		variables: { ...variablesFor(simulator), ...change },
	});
	expect(code).toBe(3);
	expect(stdout + stderr).not.toMatch(/not-the-secret|not-a-token/);
	return (JSON.parse(stdout) as DoctorJson).checks.at(-1);
}
