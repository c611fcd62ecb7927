import { isDeepStrictEqual } from "node:util";
import { type Action, type ClientReport, countsOf, isTouched, type RunReport } from "#run-report";
import { oneLine } from "#safe-text";

const done: Record<Action, string> = {
	create: "created",
	adopt: "adopted",
	update: "changed",
	replace: "replaced",
	delete: "deleted",
	deactivate: "deactivated",
	release: "released",
	same: "as declared",
};

/** The line for a client that an `up` is done with. */
export function doneLine({ resource, name, id, action, failed }: ClientReport): string {
	return oneLine(`${failed ? "not " : ""}${done[action]}: ${resource} "${name}"${id ? ` (${id})` : ""}`);
}

/** What a run has to tell, for a log: one line for each client that isn't as it should be, and a last line for all. */
export function toText(report: RunReport): string[] {
	const { clients, command, errors, notices, outcome, policy, stack } = report;
	const touched = command === "up" ? [] : clients.filter(isTouched);
	return [
		...touched.map((client) => clientLine(client, command)),
		...policy.map(
			({ level, policy: name, resource, message }) =>
				`policy ${name} (${level})${resource === undefined ? "" : ` on ${resource}`}: ${message}`,
		),
		...notices.map((notice) => `notice: ${notice}`),
		...errors.map((error) => `error: ${error}`),
		`${stack}: ${outcome}${countText(report)}`,
	].map(oneLine);
}

function clientLine(
	{ resource, name, id, replacedId, action, changes, newSecret }: ClientReport,
	command: string,
): string {
	const shownId = replacedId ?? id;
	const drift = action === "update" ? "differs" : "is gone";
	// What is new about a new client is all of it.
	const fields = (action === "create" ? [] : changes).map(({ field, before, after }) => {
		if (isDeepStrictEqual(before, after)) return field;
		return `${field} ${valueText(before)} -> ${valueText(after)}`;
	});
	const secret = newSecret === undefined ? [] : [`new secret: ${newSecret}`];
	const what = [...fields, ...(command === "drift" ? [] : secret)].join("; ");
	return `${command === "drift" ? drift : action}: ${resource} "${name}"${shownId ? ` (${shownId})` : ""}${what && `: ${what}`}`;
}

const valueText = (value: unknown) => (value === undefined ? "(default)" : JSON.stringify(value));

function countText(report: RunReport): string {
	const parts = Object.entries(countsOf(report)).filter(([, count]) => count > 0);
	return parts.length === 0 ? "" : ` (${parts.map(([name, count]) => `${name} ${count}`).join(", ")})`;
}
