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
	/** The RotatingOAuthClient that it is a part of. */
	component?: string;
}

/** Any resource. */
export function resource(type: string, properties: Record<string, unknown>, place: Place = {}): Resource {
	const { name = "app", stack = "dev", project = "infra", protect = false, component } = place;
	const start = `urn:pulumi:${stack}::${project}::`;
	const componentType = "genesyscloud:index:RotatingOAuthClient";
	return {
		type,
		urn: `${start}${component === undefined ? "" : `${componentType}$`}${type}::${name}`,
		name,
		properties,
		protect,
		...(component === undefined ? {} : { parent: `${start}${componentType}::${component}` }),
	};
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

/** What keeps the rotation of a RotatingOAuthClient. */
export const clientRotation = (rotation: Record<string, unknown>, component = "crm") =>
	resource("pulumi-nodejs:dynamic/genesyscloud:ClientRotation", rotation, { name: `${component}-rotation`, component });
