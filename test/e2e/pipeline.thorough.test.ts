import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bare, pair, type Results, service, webApp } from "./support/pipeline-clients";
import { eachPipeline } from "./support/pipeline-run";

const start = eachPipeline();

test("the secrets of an up are outputs of the stack, and they log in; roles are found by name, and credentials hold the clients", async () => {
	const { stack, checkout } = await start();
	checkout.declare(
		{ "crm-sync": { ...service, roleDivisions: [{ roleName: "employee", divisionName: "Home" }] } },
		{ billing: pair },
		{ data: { name: "Data actions", client: "billing" } },
	);
	const { code, lines } = await checkout.run(["up", bare]);
	const [client, a, b] = ["CRM sync", "Billing (A)", "Billing (B)"].map(
		(name) => stack.simulator.organization.clientsByName(name)[0]!.id,
	);
	expect(code).toBe(0);
	expect(lines.toSorted()).toEqual([
		`created: billing "Billing" (${a},${b})`,
		`created: crm-sync "CRM sync" (${client})`,
		expect.stringMatching(/^created: data "Data actions" \(/),
		"test: changed (create 3)",
	]);
	expect(stack.simulator.organization.client(client!)).toMatchObject({ roleDivisions: service.roleDivisions });
	const { clientIds, clientSecrets } = (await stack.outputs()) as unknown as Record<string, Record<string, string>>;
	expect(clientIds).toEqual({ billing: a, "crm-sync": client });
	for (const [name, id] of Object.entries(clientIds!))
		expect(await stack.canLogIn(id, clientSecrets![name]!)).toBe(true);
	// The same program, by Pulumi's own command.
	writeFileSync(join(stack.project, "oauth-clients.yaml"), checkout.read("oauth-clients.yaml"));
	await stack.run("up", "--expect-no-changes");
});

test("a drift check names each client and field that others have changed, fails, and changes nothing", async () => {
	const { stack, checkout } = await start();
	const { organization } = stack.simulator;
	checkout.declare(
		{
			"crm-sync": { ...service, detectSecretReset: true },
			dashboard: webApp,
			gone: { ...service, name: "Gone" },
			disabled: { ...service, name: "Disabled" },
			same: { ...service, name: "Same" },
		},
		{ billing: pair, "same-pair": { ...pair, name: "Same" }, standby: { ...pair, name: "Standby" } },
		{ data: { name: "Data actions", client: "same" } },
	);
	await checkout.run(["up", bare]);
	const id = (name: string) => organization.clientsByName(name)[0]!.id;
	const clean = await checkout.run(["drift", "--markdown", "out/drift.md"]);
	expect(clean).toMatchObject({ code: 0, lines: ["test: unchanged (same 9)"] });
	expect(checkout.read("out/drift.md")).toContain("No drift: 8 clients and 1 credential, as in the state.");

	const ids = { crm: id("CRM sync"), dashboard: id("Agent dashboard"), gone: id("Gone"), disabled: id("Disabled") };
	const [a, b] = [id("Billing (A)"), id("Billing (B)")];
	organization.changeClient(a, { description: "by hand" });
	organization.disableClient(b);
	organization.changeClient(id("Standby (B)"), { description: "by hand" });
	organization.changeClient(ids.dashboard, {
		scope: ["routing", "users:readonly"],
		description: "| by hand @everyone",
	});
	organization.regenerateSecret(ids.crm);
	const [credential] = organization.credentials();
	organization.changeCredential(credential!.id, { name: "By hand" });
	organization.removeClient(ids.gone);
	organization.disableClient(ids.disabled);
	const state = await stack.state();
	const drift = await checkout.run(["drift", "--markdown", "out/drift.md", "--json", "out/drift.json"]);
	expect(drift.code).toBe(3);
	expect(drift.calls.filter((call) => !call.startsWith("GET ") && call !== "POST /oauth/token")).toEqual([]);
	expect(drift.lines.filter((line) => !line.startsWith("notice: "))).toEqual([
		`differs: billing "Billing" (${a},${b}): description "" -> "by hand"; clients.b.state "active" -> "disabled"`,
		`differs: crm-sync "CRM sync" (${ids.crm}): clientSecret`,
		`differs: dashboard "Agent dashboard" (${ids.dashboard}): description "" -> "| by hand @everyone"; scope ["routing:readonly","users:readonly"] -> ["routing","users:readonly"]`,
		expect.stringMatching(
			new RegExp(`^differs: data "Data actions" \\(${credential!.id}\\): name "Data actions" -> "By hand"`),
		),
		`differs: disabled "Disabled" (${ids.disabled}): state "active" -> "disabled"`,
		`is gone: gone "Gone" (${ids.gone})`,
		`differs: standby "Standby" (${id("Standby (A)")},${id("Standby (B)")}): clients.b.description`,
		"test: drifted (update 6, delete 1, same 2)",
	]);
	const shown = checkout.read("out/drift.md").replaceAll(/<code>\d{4}-\d\d-[^<]*<\/code>/g, "(date)");
	expect(shown).toContain(`7 of 8 clients and 1 credential differ from the state: changed outside Pulumi.

| | client | state -> Genesys Cloud |
| - | - | - |
| differs | <code>billing</code> <code>Billing</code> | <code>description</code>: (empty) → <code>by hand</code><br><code>clients&#46;b&#46;state</code>: <code>active</code> → <code>disabled</code> |
| differs | <code>crm-sync</code> <code>CRM sync</code> | <code>clientSecret</code>: somebody has reset it |
| differs | <code>dashboard</code> <code>Agent dashboard</code> | <code>description</code>: (empty) → <code>&#124; by hand &#64;everyone</code><br><code>scope</code>: removes <code>routing&#58;readonly</code>, adds <code>routing</code> |
| differs | <code>data</code> <code>Data actions</code> | <code>name</code>: <code>Data actions</code> → <code>By hand</code><br><code>modifiedDate</code>: (date) → (date) |
| differs | <code>disabled</code> <code>Disabled</code> | <code>state</code>: <code>active</code> → <code>disabled</code> |
| **is gone** | <code>gone</code> <code>Gone</code> | |
| differs | <code>standby</code> <code>Standby</code> | <code>clients&#46;b&#46;description</code> |
`);
	const { outcome, clients } = JSON.parse(checkout.read("out/drift.json")) as Results;
	expect(outcome).toBe("drifted");
	expect(clients.find(({ resource }) => resource === "dashboard")!.changes).toContainEqual({
		field: "description",
		before: "",
		after: "| by hand @everyone",
	});
	expect(await stack.state()).toEqual(state);
});
