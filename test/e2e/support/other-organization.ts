import { onTestFinished } from "vitest";
import { type Simulator, startSimulator } from "../../../simulator";
import type { TestStack } from "./test-stack";

/** Another organization, whose connection stands in environment variables of its own. */
export async function startOther(stack: TestStack): Promise<Simulator> {
	const other = await startSimulator();
	onTestFinished(async () => other.close());
	const { hostname, port } = new URL(other.url);
	Object.assign(stack.environment, {
		STAGING_ID: other.administrator.clientId,
		STAGING_SECRET: other.administrator.clientSecret,
		STAGING_PROTOCOL: "http",
		STAGING_HOST: hostname,
		STAGING_PORT: port,
	});
	return other;
}

/** A connection to it. */
export const staging = {
	oauthClientId: "STAGING_ID",
	oauthClientSecret: "STAGING_SECRET",
	gatewayProtocol: "STAGING_PROTOCOL",
	gatewayHost: "STAGING_HOST",
	gatewayPort: "STAGING_PORT",
};
