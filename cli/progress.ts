import yoctoSpinner from "yocto-spinner";
import { type Clock, systemClock } from "../provider/api/clock";
import { oneLine } from "../provider/api/one-line";

/** Where progress is shown. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean };

/** Shows the progress of work that takes a while. */
export interface Progress {
	/** Shows what is being done now. In a pipe most updates are omitted: see {@link startProgress}. */
	update(text: string): void;
	/** Ends with success. */
	succeed(text: string): void;
	/** Ends with failure. The error says why, not this text. */
	fail(text: string): void;
}

/** How progress is shown. */
export interface ProgressOptions {
	/** Show no progress: the flag `--quiet`. @default false */
	quiet?: boolean;
	/** The clock. @default the machine's clock */
	clock?: Pick<Clock, "now">;
}

/** In a pipe, updates are at least this many milliseconds apart. */
const minimumInterval = 5000;

/**
 * Shows that work has begun: on a terminal a spinner; in a pipe and in CI plain lines, between the first and the last at most one every
 * five seconds. Progress goes to standard error, so that standard output holds only the result.
 */
export function startProgress(
	text: string,
	stream: ProgressStream = process.stderr,
	{ quiet = false, clock = systemClock }: ProgressOptions = {},
): Progress {
	if (quiet) return { update: () => undefined, succeed: () => undefined, fail: () => undefined };
	// The same conditions as yocto-spinner's.
	const isAnimated = stream.isTTY === true && process.env["TERM"] !== "dumb" && !("CI" in process.env);
	return isAnimated ? spin(text, stream) : printLines(text, stream, clock);
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
			if (clock.now() - printedAt >= minimumInterval) print(oneLine(news));
		},
		succeed: (end) => print(oneLine(end)),
		fail: (end) => print(oneLine(end)),
	};
}
