import { expect, test } from "vitest";
import { createLifecycle } from "../../provider/lifecycle/create-lifecycle";
import { absentId } from "./support/client-requests";
import { ownerOf, service, startLifecycle } from "./support/lifecycle-run";
import { environmentFor } from "./support/simulator-connection";

/** A run with some ids to take over, in an organization that has a client which an interrupted run has made. */
async function withTakeOver(ids: (left: string) => string[]) {
	const organization = await startLifecycle();
	const { id: left } = await organization.create(service);
	const { simulator } = organization;
	simulator.requests.clear();
	const said: string[] = [];
	const lifecycle = createLifecycle({
		clock: organization.ourClock,
		environment: { ...environmentFor(simulator), GENESYSCLOUD_TAKE_OVER: ids(left).join(",") },
		say: (line) => said.push(line),
	});
	/** Checks and creates, as `pulumi up` does. */
	const up = async (program: typeof service, name = "app") => {
		const { inputs } = await lifecycle.oauthClient.check(ownerOf(name), {}, program);
		return lifecycle.oauthClient.create(ownerOf(name), inputs);
	};
	return { simulator, left, said, lifecycle, up, calls: organization.calls };
}

const credential = {
	name: "CRM",
	type: "pureCloudOAuthClient",
	fields: { clientId: absentId, clientSecret: "s" },
};

test("an id to take over is announced before anything is created, once, also when no resource takes it", async () => {
	const { said, lifecycle, left, calls } = await withTakeOver((id) => [id]);
	await lifecycle.oauthClient.check(ownerOf("app"), {}, { ...service, name: "Other" });
	await lifecycle.oauthClient.check(ownerOf("more"), {}, { ...service, name: "More" });
	await lifecycle.integrationCredential.check(ownerOf("credential", "IntegrationCredential"), {}, credential);
	expect(said).toEqual([
		`the environment variable GENESYSCLOUD_TAKE_OVER is set: a resource that this run creates takes over ${left} if it has the same name; any other leaves it as it is. Unset it after this run`,
	]);
	expect(calls()).toEqual([]);
});

test("an id to take over that the organization doesn't have is warned of when the run creates, once", async () => {
	const { said, up } = await withTakeOver((id) => [id, absentId]);
	await up({ ...service, name: "Other" });
	await up({ ...service, name: "More" }, "more");
	const warnings = said.filter((line) => line.startsWith("nothing is taken over"));
	expect(warnings).toEqual([
		`nothing is taken over for ${absentId}, as set by the environment variable GENESYSCLOUD_TAKE_OVER: this login sees no OAuth client and no integration credential with that id; check the id, the region and the credentials`,
	]);
});

test("a credential's id is known when only clients are created, with one more list for the run", async () => {
	const { simulator, said, up, calls } = await withTakeOver(() => [absentId]);
	simulator.organization.addCredential({ id: absentId, name: "CRM", type: "pureCloudOAuthClient" });
	await up({ ...service, name: "Other" });
	await up({ ...service, name: "More" }, "more");
	expect(said.filter((line) => line.startsWith("nothing is taken over"))).toEqual([]);
	expect(calls().filter((call) => call.includes("listing"))).toHaveLength(1);
});

test("an id to take over that a new resource takes is announced and taken", async () => {
	const { simulator, said, up, left } = await withTakeOver((id) => [id]);
	const { id } = await up(service);
	expect(id).toBe(left);
	expect(simulator.organization.clients()).toHaveLength(1);
	expect(said.filter((line) => line.includes(left))).toHaveLength(2);
});
