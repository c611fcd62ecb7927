import { isGenesysCloudError } from "../provider/api/errors";
import { withoutCredentials } from "../provider/api/masking";
import { oneLine } from "../provider/api/one-line";
import { fieldsOf } from "../provider/api/json";

/** The command's exit codes. */
export const exitCodes = {
	/** Success. */
	success: 0,
	/** Failure. */
	failure: 1,
	/** An unknown or invalid option or argument. */
	wrongUsage: 2,
	/** `doctor` found a problem, or `report` what `--fail-on` names. */
	findings: 3,
} as const;

/** An unknown or invalid option or argument; nothing was done. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}

/** A failure as `--json` prints it, under `error`. */
export interface FailureJson {
	/** The kind of error, such as `AuthenticationError` or `UsageError`. */
	name: string;
	/** What was tried, what came back, what to do: one line. */
	message: string;
	/** The HTTP status, if the API or the login answered. */
	status?: number;
	/** Genesys Cloud's error code, or the system's, if there is one. */
	code?: string;
	/** Genesys Cloud's correlation id, if there is one. */
	correlationId?: string;
}

const textFields = ["code", "correlationId"] as const;

/** An error as `--json` prints it. */
export function toFailureJson(error: unknown): FailureJson {
	const { name, message } = error instanceof Error ? error : new Error(String(error));
	const fields = fieldsOf(error);
	const { status } = fields;
	return {
		name,
		// Our own errors are one line without secrets; those of a file system or a parser may be anything.
		message: isGenesysCloudError(error) ? message : withoutCredentials(oneLine(message)),
		...(typeof status === "number" ? { status } : {}),
		...Object.fromEntries(
			textFields.flatMap((field) => (typeof fields[field] === "string" ? [[field, fields[field]]] : [])),
		),
	};
}

/** Prints a failure: one line on standard error, and with `--json` also `{"error":{...}}` on standard output. */
export function printFailure(
	error: unknown,
	options: { json?: boolean },
	streams: { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream } = process,
): void {
	const failure = toFailureJson(error);
	if (options.json) streams.stdout.write(`${JSON.stringify({ error: failure }, undefined, "\t")}\n`);
	streams.stderr.write(`genesyscloud-oauth: ${failure.message}\n`);
}
