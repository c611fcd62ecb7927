import { credentialOperations } from "../../../provider/lifecycle/integration-credential/operations";
import { Session } from "../../../provider/lifecycle/session";
import type { Properties } from "../../../provider/lifecycle/properties";
import { withoutValue } from "../../../provider/lifecycle/presentable-errors";
import type { Seed } from "../../../simulator";
import { type SimulatedApi, startSimulatedApi } from "./simulated-api";
import { ownerOf } from "./lifecycle-run";
import { environmentFor } from "./simulator-connection";

/** The fields of the credential that most tests declare. */
export const fields = {
	clientId: "1d0c0000-0000-4000-8000-000000000001",
	clientSecret: "a-secret-of-the-tests",
};
export const { clientId } = fields;
/** What most tests declare of it. */
export const program = { name: "CRM sync", fields };
/** The call that lists the credentials. */
export const listing = "GET /integrations/credentials/listing 200";
/** The path of one. */
export const one = "/integrations/credentials/{credentialId}";

/** A simulated organization, with the steps that Pulumi takes on integration credentials in one run. */
export async function startCredentialRun(seed: Seed = {}) {
	const simulated = await startSimulatedApi({ seed });
	const calls = () => simulated.calls().map((call) => call.replace("/api/v2", ""));
	return { ...simulated, calls, ...runOn(simulated) };
}

const owner = ownerOf("credential", "IntegrationCredential");

/** One run of Pulumi, in a process of its own. */
function runOn(simulated: SimulatedApi, environment: Record<string, string> = {}) {
	const notices: string[] = [];
	const session = new Session({
		clock: simulated.ourClock,
		environment: { ...environmentFor(simulated.simulator), ...environment },
		say: (line) => notices.push(line),
	});
	const lifecycle = credentialOperations(session);
	const checked = async (declared: Properties): Promise<Properties> => {
		const { inputs, failures } = await lifecycle.check(owner, {}, declared);
		const [failure] = failures;
		if (failure !== undefined) throw new Error(withoutValue(failure).reason);
		return inputs;
	};
	return {
		notices,
		/** Another run on the same organization. */
		later: (more: Record<string, string> = {}) => runOn(simulated, more),
		create: async (declared: Properties) => {
			const { id, outs } = await lifecycle.create(owner, await checked(declared));
			return { id, outs: { ...outs } as Properties };
		},
		diff: async (id: string, olds: Properties, declared: Properties) =>
			lifecycle.diff(owner, id, olds, await checked(declared)),
		update: async (id: string, olds: Properties, declared: Properties) =>
			({ ...(await lifecycle.update(owner, { id, olds }, await checked(declared))).outs }) as Properties,
		read: async (id: string, props: Properties): Promise<{ id: string; props?: Properties }> => {
			const { props: found, ...read } = await lifecycle.read(owner, id, props);
			return found === undefined ? read : { ...read, props: { ...found } };
		},
		delete: async (id: string, props: Properties) => lifecycle.delete(owner, id, props),
	};
}
