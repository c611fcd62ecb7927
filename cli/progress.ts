import yoctoSpinner from "yocto-spinner";
import { type Clock, systemClock } from "../provider/api/clock";
import { oneLine } from "../provider/api/errors";

/** Where progress is shown. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean };

/** Tells of work that takes a while. */
export interface Progress {
	/** What is being done now. In a pipe most of these are left out: see {@link startProgress}. */
	update(text: string): void;
	/** The end: it is done. */
	succeed(text: string): void;
	/** The end: it failed. What failed is said by the error, not here. */
	fail(text: string): void;
}

/** How progress is shown. */
export interface ProgressOptions {
	/** Show none: the flag `--quiet`. @default false */
	quiet?: boolean;
	/** Where the time comes from. @default the machine's clock */
	clock?: Pick<Clock, "now">;
}

/** In a pipe an update is shown only this many milliseconds after the line before. */
const linePause = 5000;

/**
 * Shows that work has begun: a spinner on a terminal; in a pipe and in CI plain lines, and no more than one in five seconds
 * between the first and the last. Progress goes to standard error, so that standard output holds the result alone.
 */
export function startProgress(
	text: string,
	stream: ProgressStream = process.stderr,
	{ quiet = false, clock = systemClock }: ProgressOptions = {},
): Progress {
	if (quiet) return { update: () => undefined, succeed: () => undefined, fail: () => undefined };
	// The conditions on which the spinner would turn.
	const turns = stream.isTTY === true && process.env["TERM"] !== "dumb" && !("CI" in process.env);
	return turns ? spin(text, stream) : printLines(text, stream, clock);
}

function spin(text: string, stream: ProgressStream): Progress {
	const spinner = yoctoSpinner({ text: oneLine(text), stream: stream as NodeJS.WriteStream }).start();
	return {
		update: (news) => {
			spinner.text = oneLine(news);
		},
		succeed: (end) => void spinner.success(oneLine(end)),
		fail: (end) => void spinner.error(oneLine(end)),
	};
}

function printLines(text: string, stream: ProgressStream, clock: Pick<Clock, "now">): Progress {
	let last = "";
	let printedAt = 0;
	const print = (line: string) => {
		if (line === last) return;
		stream.write(`${line}\n`);
		last = line;
		printedAt = clock.now();
	};
	print(oneLine(text));
	return {
		update: (news) => {
			if (clock.now() - printedAt >= linePause) print(oneLine(news));
		},
		succeed: (end) => print(oneLine(end)),
		fail: (end) => print(oneLine(end)),
	};
}
