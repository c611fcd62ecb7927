import { credentialsOfClients } from "../../api/credentials-of-clients";
import { GenesysCloudError, enumerated, isNotFoundError, quoted } from "../../api/errors";
import type { ApiUsageRow } from "../../api/models";
import { overrideVariables } from "../../setting-places";
import { usageOfClient } from "../../api/usage-source";
import { clientKind, labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { reasonOf } from "../presentable-errors";
import type { DeletionGuardInput } from "./inputs";
import type { Properties } from "../properties";

/** The timeout of a usage query. */
const usageTimeoutSeconds = 120;

/**
 * Refuses the deletion of a client that is in use.
 *
 * @throws GenesysCloudError if the client made requests recently, or if that can't be checked
 * @throws NotFoundError if the client doesn't exist
 */
export async function refuseWhenInUse(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	const guard = props["deletionGuard"] as DeletionGuardInput | undefined;
	if (guard === undefined) return;
	const allowedBy = context.override("allowDeletion").get(id);
	if (allowedBy !== undefined) {
		context.notice(`the deletion guard of ${labelOf(props, id)} is overridden by ${allowedBy}`);
		return;
	}
	const override = `To delete it anyway, run once with ${overrideVariables.allowDeletion}=${id}`;
	let rows: ApiUsageRow[];
	try {
		const question = { days: guard.inUseWithinDays };
		const answer = await usageOfClient(context.api, context.clock, id, question, usageTimeoutSeconds);
		rows = answer.rows;
		if (!answer.complete && sum(rows) === 0) throw new GenesysCloudError("the API returned incomplete usage data");
	} catch (error) {
		// The usage API's 404 may also mean a missing result or a missing API.
		if (isNotFoundError(error) && typeof (await clientKind.find(context.api, id)) === "string") throw error;
		throw new GenesysCloudError(
			`deletionGuard couldn't check whether the client is in use, so it wasn't deleted (${reasonOf(error)}). ${override}`,
		);
	}
	const requests = sum(rows);
	if (requests === 0) return;
	const last = rows
		.map(({ date = "" }) => date.slice(0, 10))
		.toSorted()
		.at(-1);
	throw new GenesysCloudError(
		`the client is in use, so it wasn't deleted: it made ${requests} requests in the last ${guard.inUseWithinDays} days${last ? `, the last on ${last}` : ""}, mostly ${busiest(rows)}.${await credentialsText(context, id)} ${override}`,
	);
}

/** The number of requests in some rows; a row may lack its total. */
const sum = (rows: ApiUsageRow[]) =>
	rows.reduce((total, { requests = 0, status200 = 0, status300 = 0, status400 = 0, status500 = 0 }) => {
		return total + Math.max(requests, status200 + status300 + status400 + status500);
	}, 0);

/** The three most called operations, with their counts. */
function busiest(rows: ApiUsageRow[]): string {
	const byOperation = Map.groupBy(rows, ({ httpMethod = "", templateUri = "" }) =>
		`${httpMethod} ${templateUri}`.trim(),
	);
	return [...byOperation.entries()]
		.map(([operation, its]) => ({ operation, requests: sum(its) }))
		.toSorted((a, b) => b.requests - a.requests)
		.slice(0, 3)
		.map(({ operation, requests }) => `${quoted(operation || "(unnamed)")} (${requests})`)
		.join(", ");
}

/** Which integration credentials contain the client, as far as the login may see them. */
async function credentialsText({ api }: LifecycleContext, id: string): Promise<string> {
	try {
		const found = (await credentialsOfClients(api)).get(id) ?? [];
		const names = found.map(({ name, id: of }) => `${name ? `"${quoted(name, 50)}"` : "one without a name"} (${of})`);
		return names.length === 0 ? "" : ` Integration credentials contain it: ${enumerated(names)}.`;
	} catch {
		// The refusal matters more than this.
		return "";
	}
}
