import { expect, test } from "vitest";
import { startSimulator } from "../../simulator";
import { LeakDetector } from "../e2e/support/leaks";

test("the search for leaks finds a secret as a whole, a part of it, and what Base64 makes of a login, and nothing else", async () => {
	await using cleanup = new AsyncDisposableStack();
	const simulator = await startSimulator();
	cleanup.defer(async () => simulator.close());
	const { clientId, clientSecret } = simulator.administrator;
	const leaks = new LeakDetector();
	leaks.note(simulator);
	const whole = { whole: `is ${clientSecret}.` };
	const parts = {
		begin: `client ${clientSecret.slice(0, 12)}...`,
		end: `client ...${clientSecret.slice(-12)}`,
		within: `x${clientSecret}x`,
		...Object.fromEntries(
			["", "a", "ab", `${clientId}:`].map((before) => [
				`Base64 behind "${before}"`,
				Buffer.from(`${before}${clientSecret} and more`).toString("base64"),
			]),
		),
	};
	const others = { id: clientId, other: "A".repeat(43), empty: "" };
	expect(leaks.find({ ...whole, ...parts, ...others })).toEqual(Object.keys(whole));
	leaks.notePartsOf(JSON.stringify({ clientSecret, other: others.other }));
	expect(leaks.find({ ...whole, ...parts, ...others })).toEqual(Object.keys({ ...whole, ...parts }));
});
