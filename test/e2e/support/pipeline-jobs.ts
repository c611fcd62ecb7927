import { expect } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../../simulator";
import type { PipelineCheckout, PipelineOutcome } from "./pipeline-run";

/** A client that the example's own policies find no fault with. */
export const service = {
	name: "CRM sync",
	description: "Copies contacts. Owner: CRM team",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
	secretRotation: { maxAgeDays: 90 },
	deletionGuard: { inUseWithinDays: 7 },
};

/** Runs the pipeline's commands of a job, as its shell would; the set-up before them needs the platform's machines. */
export async function runJob(checkout: PipelineCheckout, commands: string[], environment: NodeJS.ProcessEnv) {
	const outcomes: PipelineOutcome[] = [];
	for (const command of commands.filter((line) => line.startsWith("node pipeline.ts "))) {
		outcomes.push(await checkout.start(["bash", "-eo", "pipefail", "-c", command], environment).ended);
	}
	expect(outcomes.length).toBeGreaterThan(0);
	return outcomes.map(({ code }) => code);
}

/** What the pipeline tells its platform of a run. */
export const outputs = (outcome: string, create: number) =>
	`outcome=${outcome}\ncreate=${create}\nupdate=0\nreplace=0\ndelete=0\nnew_secrets=0\n`;
