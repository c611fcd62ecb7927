import { service } from "./clients";
import type { TestStack } from "./test-stack";

/** A service that isn't deleted while it is in use. */
export const guarded = (change: Record<string, unknown> = {}) =>
	service({ deletionGuard: { inUseWithinDays: 7 }, ...change });

/** The date of so many days ago. */
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Makes a guarded client that made requests on some of the last days, and returns its id. */
export async function makeClientInUse(stack: TestStack): Promise<string> {
	stack.declare({ service: guarded() });
	await stack.run("up");
	const { id } = (await stack.outputs())["service"]!;
	stack.simulator.organization.addUsage(
		{ clientId: id, date: daysAgo(2), templateUri: "/api/v2/users", httpMethod: "GET", status200: 40 },
		{ clientId: id, date: daysAgo(3), templateUri: "/api/v2/routing/queues", httpMethod: "GET", status200: 2 },
	);
	return id;
}
