import type { Resource } from "./analyzer-process";

/** What stands for a value that a preview doesn't know. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value that the program marked secret, as Pulumi sends it to a policy. */
export const secret = (value: unknown) => ({
	"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
	value,
});

/** Where a resource stands. */
interface Place {
	name?: string;
	stack?: string;
	project?: string;
	protect?: boolean;
}

/** Any resource. */
export function resource(type: string, properties: Record<string, unknown>, place: Place = {}): Resource {
	const { name = "app", stack = "dev", project = "infra", protect = false } = place;
	return { type, urn: `urn:pulumi:${stack}::${project}::${type}::${name}`, name, properties, protect };
}

/** An OAuth client with nothing but its name and these properties. */
export const client = (properties: Record<string, unknown>, place?: Place) =>
	resource("pulumi-nodejs:dynamic/genesyscloud:OAuthClient", { name: "App", ...properties }, place);

/** A web application that no rule finds fault with, with these properties changed. */
export const goodClient = (properties: Record<string, unknown> = {}, place?: Place) =>
	client(
		{
			name: "Agent dashboard",
			description: "Shows agents their queues. Owner: dashboard@example.com",
			authorizedGrantType: "CODE",
			scope: ["routing:readonly", "users:readonly"],
			registeredRedirectUri: ["https://dashboard.example.com/callback"],
			secretRotation: { maxAgeDays: 90 },
			...properties,
		},
		place,
	);

/** An integration credential of which the program gave these fields as plain values. */
export const credential = (plainFields?: string[], place?: Place) =>
	resource(
		"pulumi-nodejs:dynamic/genesyscloud:IntegrationCredential",
		{
			name: "Tickets",
			type: "basicAuth",
			fields: secret({ userName: "u", password: "p" }),
			...(plainFields && { plainFields }),
		},
		place,
	);

/** A pair with nothing but its name and these properties. */
export const pair = (properties: Record<string, unknown>, place?: Place) =>
	resource("pulumi-nodejs:dynamic/genesyscloud:RotatingOAuthClient", { name: "App", ...properties }, place);

/** A pair of services that no rule finds fault with, with these properties changed. */
export const goodPair = (properties: Record<string, unknown> = {}, place?: Place) =>
	pair(
		{
			name: "CRM sync",
			description: "Copies contacts. Owner: crm@example.com",
			authorizedGrantType: "CLIENT-CREDENTIALS",
			roleDivisions: [{ roleId: "a", divisionId: "d" }],
			rotation: { periodDays: 30 },
			...properties,
		},
		place,
	);
