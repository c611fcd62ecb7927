import type { ConnectionInput } from "../../../provider/lifecycle/shared-inputs";
import type { SimulatedApi } from "./simulated-api";
import { environmentFor } from "./simulator-connection";

/** What a program says of a client in the second organization. */
export const connection = {
	oauthClientId: "STAGING_ID",
	oauthClientSecret: "STAGING_SECRET",
	gatewayProtocol: "STAGING_PROTOCOL",
	gatewayHost: "STAGING_HOST",
	gatewayPort: "STAGING_PORT",
} satisfies ConnectionInput;

/** The environment that leads that connection to an organization. */
export function stagingEnvironment({ simulator }: Pick<SimulatedApi, "simulator">) {
	const usual = environmentFor(simulator);
	return {
		STAGING_ID: usual.GENESYSCLOUD_OAUTHCLIENT_ID,
		STAGING_SECRET: usual.GENESYSCLOUD_OAUTHCLIENT_SECRET,
		STAGING_PROTOCOL: usual.GENESYSCLOUD_GATEWAY_PROTOCOL,
		STAGING_HOST: usual.GENESYSCLOUD_GATEWAY_HOST,
		STAGING_PORT: usual.GENESYSCLOUD_GATEWAY_PORT,
	};
}
