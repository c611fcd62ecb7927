import { isGenesysCloudError, oneLine, withoutCredentials } from "../provider/api/errors";
import { fieldsOf } from "../provider/api/json";

/** How the command ends: its exit codes. */
export const exitCodes = {
	/** Everything is fine. */
	fine: 0,
	/** It could not be done. */
	failed: 1,
	/** An option or argument that doesn't exist or doesn't fit. */
	wrongUsage: 2,
	/** It was done, and found what the user asked to be told about. */
	findings: 3,
} as const;

/** The command line asks for what can't be; nothing was done. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}

/** What `--json` prints of a failure, under `error`. */
export interface FailureJson {
	/** The kind of error, such as `AuthenticationError` or `UsageError`. */
	name: string;
	/** What was tried, what came back, what to do: one line. */
	message: string;
	/** HTTP status, when the API or the login answered. */
	status?: number;
	/** The vendor's error code, or the system's, when there is one. */
	code?: string;
	/** The vendor's correlation id, when there is one. */
	correlationId?: string;
}

const textFields = ["code", "correlationId"] as const;

/** What `--json` says of an error. */
export function toFailureJson(error: unknown): FailureJson {
	const { name, message } = error instanceof Error ? error : new Error(String(error));
	const fields = fieldsOf(error);
	const { status } = fields;
	return {
		name,
		// Our own errors are one line and hold no secret already; a file system's or a parser's may be anything.
		message: isGenesysCloudError(error) ? message : withoutCredentials(oneLine(message)),
		...(typeof status === "number" ? { status } : {}),
		...Object.fromEntries(
			textFields.flatMap((field) => (typeof fields[field] === "string" ? [[field, fields[field]]] : [])),
		),
	};
}

/** Says what failed: one line on standard error, and with `--json` also `{"error":{...}}` on standard output. */
export function printFailure(
	error: unknown,
	options: { json?: boolean },
	streams: { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream } = process,
): void {
	const failure = toFailureJson(error);
	if (options.json) streams.stdout.write(`${JSON.stringify({ error: failure }, undefined, "\t")}\n`);
	streams.stderr.write(`genesyscloud-oauth: ${failure.message}\n`);
}
