import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "../api/support/client-requests";
import { type LifecycleRun, laterRun, service, startLifecycle } from "../api/support/lifecycle-run";
import { createSink } from "../api/support/secret-sinks";
import type { FaultKind } from "../api/support/simulated-api";

// genesyscloud/terraform-provider-genesyscloud, PR 945: the map that held the secret was written to the provider's log.

const turn = (program: Properties, value: number): Properties => ({
	...program,
	detectSecretReset: true,
	secretRotation: { rotateWhenChanged: { value } },
});

const faults: [string, string, FaultKind][] = [
	["POST", paths.secret, { kind: "status", status: 403 }],
	["POST", paths.secret, { kind: "cut", when: "after", times: 2 }],
	["POST", paths.login, { kind: "status", status: 503, times: 5 }],
	["POST", paths.login, { kind: "status", status: 400, code: "invalid_client", message: "no", times: 4 }],
	["PUT", paths.client, { kind: "html", status: 500, times: 5 }],
	["GET", paths.client, { kind: "malformed" }],
	["DELETE", paths.client, { kind: "status", status: 403 }],
];

/** Everything that a user, a log or a plan sees of a life with failures, and every secret there was. */
async function live(run: LifecycleRun) {
	const seen: string[] = [];
	const secrets = new Set<string>([run.simulator.administrator.clientSecret]);
	const sink = createSink('throw new Error("the vault says no to " + JSON.stringify(secret))');
	const program = (value: number, name = "CRM sync") => ({
		...turn({ ...service, name }, value),
		secretSink: sink.module,
	});
	const step = async (work: () => Promise<Properties>, before: Properties): Promise<Properties> => {
		let state = before;
		try {
			state = await work();
		} catch (error) {
			const { id, message, stack, reasons, properties } = error as Partial<PartialFailure> & Error;
			seen.push(String(error), message, stack ?? "", JSON.stringify(reasons), id ?? "");
			if (properties !== undefined) state = properties;
		}
		const secret = state["clientSecret"];
		if (typeof secret === "string" && secret !== "") secrets.add(secret);
		return state;
	};
	sink.setBroken(true);
	let state = await step(async () => (await run.create(program(0))).outs, {});
	sink.setBroken(false);
	const id = state["clientId"] as string;
	for (const [turns, [method, path, fault]] of faults.entries()) {
		run.fault(method, path, fault);
		const wanted = program(turns + 1, `CRM sync ${turns}`);
		seen.push(run.diff(state, wanted).notices.join("\n"));
		state = await step(async () => run.update(id, state, wanted), state);
		state = await step(async () => ({ ...(await run.read(id, state)).props }), state);
		secrets.add(run.simulator.organization.regenerateSecret(id));
		state = await step(async () => ({ ...(await run.read(id, state)).props }), state);
		seen.push(run.diff(state, wanted).notices.join("\n"));
		state = await step(async () => laterRun(run).update(id, state, wanted), state);
	}
	await step(async () => {
		await run.delete(id, state);
		return state;
	}, state);
	seen.push(run.notices.join("\n"), JSON.stringify(run.simulator.requests.all()));
	return { seen: seen.join("\n"), secrets: [...secrets], state, stored: sink.stored() };
}

test("through a whole life with failures at every step nothing shows a secret, or a coding of one", async () => {
	const run = await startLifecycle();
	const { seen, secrets, state } = await live(run);
	expect(secrets.length).toBeGreaterThan(10);
	for (const secret of secrets) {
		for (const hidden of [secret, btoa(secret), encodeURIComponent(secret), secret.slice(0, 16), secret.slice(-16)]) {
			expect(seen).not.toContain(hidden);
		}
		expect(seen).not.toContain(btoa(`${String(state["clientId"])}:${secret}`));
	}
	expect(seen).toContain("the vault says no to");
});

test("state holds the secret in one place only, which Pulumi encrypts", async () => {
	const { state } = await live(await startLifecycle());
	const { clientSecret, ...others } = state;
	expect(clientSecret).not.toBe("");
	expect(JSON.stringify(others)).not.toContain(clientSecret);
});

test("no refusal of an argument shows its value", () => {
	const hidden = "Zq8-very-secret-value";
	const { failures } = check({
		...service,
		clientSecret: hidden,
		[hidden]: 1,
		description: { hidden },
		adopt: { clientId: [hidden] },
		connection: { oauthClientSecret: hidden },
		secretSink: `./${hidden}`,
		state: hidden,
	});
	expect(failures.length).toBeGreaterThan(5);
	for (const { property, reason } of failures.filter((failure) => failure.property !== hidden)) {
		expect(`${property} ${reason}`).not.toContain(hidden);
	}
});
