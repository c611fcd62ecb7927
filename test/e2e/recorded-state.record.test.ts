import { expect, test } from "vitest";
import { version } from "../../provider/api/version";
import { ROLE_IDS } from "../../simulator";
import type { Front } from "../api/support/provider-process";
import { addByHand } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { declareProgram, programOf } from "./support/recorded-program";
import { organizationSeed, type RecordedState, writeRecord } from "./support/recorded-state";

// Not a test: `npm run record:state` runs it, once for each release.

const startStack = eachStack();

/** What a seed doesn't take, or takes from the state: undefined is no value in it. */
const toSeed = <Record extends object>(record: Record, ...left: (keyof Record)[]) =>
	Object.fromEntries(
		Object.entries(record).filter(([name, value]) => value !== undefined && !left.includes(name as keyof Record)),
	);

test.each<Front>(["dynamic", "plugin"])("the state of this version is recorded (%s)", async (front) => {
	const stack = await startStack({ seed: organizationSeed, passphrase: true });
	const { organization, administrator, url } = stack.simulator;
	for (const name of ["By hand", "Kept by hand"]) addByHand(stack, { name });
	const login = organization.addClient({ name: "Other login", roleIds: Object.values(ROLE_IDS), permissions: "all" });
	const other = { id: login.client.id, secret: login.secret ?? "" };
	const program = programOf(front);
	declareProgram(stack, front, program, other);
	await stack.run("up");
	const rotated = JSON.parse(JSON.stringify(program).replaceAll('"turn":1', '"turn":2')) as typeof program;
	declareProgram(stack, front, rotated, other);
	await stack.run("up");
	await stack.run("preview", "--expect-no-changes");
	const { code, output } = await stack.pulumi("stack", "export");
	expect(code).toBe(0);
	const record: RecordedState = {
		version,
		front,
		program: rotated,
		logins: { usual: administrator.clientId, other: other.id },
		organization: {
			clients: organization.clients().map((client) => toSeed(client, "hasSecret")) as never,
			credentials: organization.credentials().map((one) => toSeed(one, "values", "sensitiveFields")) as never,
		},
		// Where in a program a resource was declared is nothing that a version reads.
		stack: JSON.parse(output, (key, value: unknown) =>
			["sourcePosition", "stackTrace"].includes(key) ? undefined : value,
		) as RecordedState["stack"],
	};
	expect(JSON.stringify(record)).not.toContain(stack.directory);
	expect(stack.leaks.find({ record: JSON.stringify(record) })).toEqual([]);
	writeRecord(record, new URL(url).port);
});
