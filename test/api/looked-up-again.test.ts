import { expect, test } from "vitest";
import { absentId } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { startSimulatedApi } from "./support/simulated-api";

const credential = { name: "CRM sync", fields: { clientId: absentId, clientSecret: "a-secret-of-the-tests" } };

test.each(["client", "credential"] as const)(
	"a %s that its resource reads by its name stays when the entry of before goes, and goes with the new one",
	async (kind) => {
		const simulated = await startSimulatedApi();
		const start = () => {
			const run = startOperations(simulated);
			return kind === "client" ? run.client("crm") : run.credential("crm");
		};
		const entry = await start().create(kind === "client" ? service : credential);
		const { organization } = simulated.simulator;
		const ids = () => (kind === "client" ? organization.clients() : organization.credentials()).map(({ id }) => id);
		const resource = start();
		// As Pulumi does when the program's get has the name in place of the id.
		const found = await resource.refresh({ id: "CRM sync", outs: {} });
		expect(found.id).toBe(entry.id);
		await resource.delete(entry);
		expect(ids()).toEqual([entry.id]);
		await resource.delete(found);
		expect(ids()).toEqual([]);
	},
);
