import * as pulumi from "@pulumi/pulumi";
import { expect, onTestFinished, test, vi } from "vitest";
import { warnOfUnknownScopes } from "../../provider/scope-warning";

const client = {} as pulumi.Resource;
const unknown = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;

test("unknown scopes are warned of, one by one; secret ones and those not known yet never", async () => {
	const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
	onTestFinished(() => warned.mockRestore());
	warnOfUnknownScopes(client, pulumi.secret(["secret:raedonly"]));
	warnOfUnknownScopes(client, [
		pulumi.secret("hidden:raedonly"),
		unknown,
		"users:readonly",
		"users:raedonly",
		pulumi.output("routing:raedonly"),
	]);
	warnOfUnknownScopes(client, pulumi.output(["analytics:raedonly"]));
	const told = () => warned.mock.calls.map(([line]) => /scope "([^"]+)"/.exec(String(line))?.[1] ?? "");
	const known = ["analytics:raedonly", "routing:raedonly", "users:raedonly"];
	await vi.waitFor(() => expect(told()).toEqual(expect.arrayContaining(known)));
	expect(told().toSorted((one, other) => one.localeCompare(other, "en"))).toEqual(known);
});
