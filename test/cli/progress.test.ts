import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ProgressStream, startProgress } from "../../cli/progress";

beforeEach(() => {
	vi.stubEnv("CI", undefined);
	vi.stubEnv("TERM", "xterm");
});
afterEach(() => {
	vi.unstubAllEnvs();
});

function streamOf(isTTY: boolean): { stream: ProgressStream; written: () => string } {
	const stream = Object.assign(new PassThrough(), {
		isTTY,
		columns: 80,
		cursorTo: () => true,
		moveCursor: () => true,
		clearLine: () => true,
	});
	return { stream, written: () => String((stream.read() as Buffer | null) ?? "") };
}

function clockAt(start = 0) {
	let now = start;
	return { now: () => now, forward: (milliseconds: number) => (now += milliseconds) };
}

test("in a pipe there is a line at the start, one at the end, and no more than one in five seconds between", () => {
	const { stream, written } = streamOf(false);
	const clock = clockAt();
	const progress = startProgress("Reading", stream, { clock });
	for (let count = 1; count <= 100; count += 1) {
		clock.forward(100);
		progress.update(`${count} of 100`);
	}
	progress.succeed("Read");
	expect(written()).toBe("Reading\n50 of 100\n100 of 100\nRead\n");
});

test("a line that says nothing new isn't printed, and none holds a control character", () => {
	const { stream, written } = streamOf(false);
	const clock = clockAt();
	const progress = startProgress("Reading \u001B[31m\nclients", stream, { clock });
	clock.forward(10_000);
	progress.update("Reading \u001B[31m\nclients");
	progress.fail("Failed");
	expect(written()).toBe("Reading [31m clients\nFailed\n");
});

test("on a terminal a spinner turns, and its last line stays", () => {
	const { stream, written } = streamOf(true);
	const progress = startProgress("Reading", stream);
	progress.update("50 of 100");
	progress.succeed("Read");
	const all = written();
	expect(all).toContain("Reading");
	expect(all).toContain("50 of 100");
	// The cursor is hidden while it turns, and there again.
	expect(all.indexOf("\u001B[?25l")).toBeLessThan(all.indexOf("\u001B[?25h"));
	expect(all).toMatch(/ Read\n$/);
});

test.each([
	["CI", "true"],
	["TERM", "dumb"],
])("with %s=%s a terminal gets plain lines", (name, value) => {
	vi.stubEnv(name, value);
	const { stream, written } = streamOf(true);
	startProgress("Reading", stream).succeed("Read");
	expect(written()).toBe("Reading\nRead\n");
});

test("with --quiet there is nothing, on a terminal or not", () => {
	for (const isTTY of [true, false]) {
		const { stream, written } = streamOf(isTTY);
		const progress = startProgress("Reading", stream, { quiet: true });
		progress.update("50 of 100");
		progress.succeed("Read");
		expect(written()).toBe("");
	}
});
