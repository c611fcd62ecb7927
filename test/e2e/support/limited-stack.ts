import { createRunningClock, ROLE_IDS } from "../../../simulator";
import { service } from "./clients";
import type { eachStack } from "./each-stack";
import type { TestStack } from "./test-stack";

const home = "/api/v2/authorization/divisions/home";

/** A stack of some services, whose token has a minute of so many requests, of which only some seconds are left when the first is counted. */
export async function startStackOf(
	startStack: ReturnType<typeof eachStack>,
	count: number,
	limit: { requestsPerMinute: number; secondsLeft: number },
	change = {},
): Promise<TestStack> {
	const { requestsPerMinute, secondsLeft } = limit;
	const clock = createRunningClock();
	const stack = await startStack({ clock, seed: { limits: { requestsPerMinute } } });
	const { requests, faults } = stack.simulator;
	faults.add({ method: "GET", path: home, kind: "hang" });
	const spendMinute = async () => {
		await requests.whenReceived({ template: home });
		clock.advance((60 - secondsLeft) * 1000);
		faults.release();
	};
	void spendMinute();
	const roleDivisions = [{ roleId: ROLE_IDS.employee }];
	const names = Array.from({ length: count }, (_, index) => `client ${index}`);
	stack.declare(Object.fromEntries(names.map((name) => [name, service({ name, roleDivisions, ...change })])));
	return stack;
}

/** The lines that Pulumi shows at the end under a resource. */
export function saidUnder(output: string, resource: string): string[] {
	const [, said = ""] = (output.split("\nDiagnostics:\n")[1] ?? "").split(resource);
	const lines = said.split("\n").slice(1);
	return lines.slice(0, lines.indexOf("")).map((line) => line.trim());
}
