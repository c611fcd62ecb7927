import { DIVISION_IDS, ROLE_IDS } from "../../../simulator";
import type { Front } from "../../api/support/provider-process";
import type { TestStack } from "./test-stack";

/**
 * A program that both fronts can run, as a record keeps it. References are those of YAML, `${service.clientId}`, and so are secrets,
 * `{ "fn::secret": ... }`.
 */
export type RecordedProgram = Record<string, { type: string; properties: Record<string, unknown>; options?: object }>;

const role = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];

const client = (name: string, change: object = {}) => ({
	type: "OAuthClient",
	properties: { name, authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions: role, ...change },
});

const app = (name: string, authorizedGrantType: string, change: object = {}) => ({
	type: "OAuthClient",
	properties: {
		name,
		authorizedGrantType,
		scope: ["users:readonly", "routing"],
		registeredRedirectUri: ["https://app.example.com/callback"],
		...change,
	},
});

const credential = (properties: Record<string, unknown>) => ({ type: "IntegrationCredential", properties });

/** What a program of each release declares: every kind of resource, and each way to have made one. */
export function programOf(front: Front): RecordedProgram {
	const isDynamic = front === "dynamic";
	const of = (name: string, it: string) =>
		isDynamic
			? credential({ name, client: `\${${it}}` })
			: credential({ name, fields: { clientId: `\${${it}.clientId}`, clientSecret: `\${${it}.clientSecret}` } });
	const there = client("There");
	return {
		service: client("Service", {
			description: "Owner: team CRM",
			accessTokenValiditySeconds: 3600,
			secretRotation: { rotateWhenChanged: { turn: 1 } },
			deletionGuard: { inUseWithinDays: 7 },
			...(isDynamic && { secretSink: "./store-secret.js", timeouts: { update: 300 } }),
		}),
		young: client("Young", { secretRotation: { maxAgeDays: 3650, renewBeforeDays: 7 }, detectSecretReset: true }),
		older: client("Older", { roleDivisions: undefined, roleIds: [ROLE_IDS.employee] }),
		idle: client("Idle", { state: "inactive" }),
		extended: client("Extended", { additionalSettings: { allowedAddresses: ["192.0.2.0/24"] } }),
		adopted: client("By hand", { adopt: { name: "By hand", rotateSecret: true } }),
		kept: client("Kept by hand", { adopt: { name: "Kept by hand", rotateSecret: false } }),
		...(isDynamic && {
			sunk: client("Only in the sink", { secretSink: "./store-secret.js", keepSecretInState: false }),
		}),
		web: app("Web app", "CODE", {
			description: { "fn::secret": "a secret description" },
			replaceOnGrantTypeChange: false,
		}),
		page: app("Page", "TOKEN"),
		saml: app("SAML app", "SAML2-BEARER"),
		pair: {
			type: "RotatingOAuthClient",
			properties: { ...client("Pair").properties, rotation: { rotateWhenChanged: { turn: 1 } } },
		},
		held: of("Held", "service"),
		pairHeld: of("Held of the pair", isDynamic ? "pair.current" : "pair"),
		basic: credential({
			name: "Basic",
			type: "basicAuth",
			fields: { userName: "somebody", password: { "fn::secret": "not-a-real-password" } },
			deletionGuard: { unlessUnused: true },
		}),
		there: isDynamic
			? { ...there, properties: { ...there.properties, connection: otherConnection } }
			: { ...there, options: { provider: "${other}" } },
	};
}

/** The other login's connection, by the names of its variables. */
const otherConnection = {
	oauthClientId: "OTHER_ID",
	oauthClientSecret: "OTHER_SECRET",
	gatewayProtocol: "OTHER_PROTOCOL",
	gatewayHost: "OTHER_HOST",
	gatewayPort: "OTHER_PORT",
};

/** A login beside the usual one. */
export interface OtherLogin {
	id: string;
	secret: string;
}

/** The program for the npm package. */
const interpreter = `const pulumi = require("@pulumi/pulumi");
const classes = require("pulumi-genesyscloud-oauth");
const made = {};
const valueOf = (value) => {
	if (typeof value === "string" && value.startsWith("\${"))
		return value.slice(2, -1).split(".").reduce((part, name) => part[name], made);
	if (Array.isArray(value)) return value.map(valueOf);
	if (typeof value !== "object" || value === null) return value;
	if ("fn::secret" in value) return pulumi.secret(value["fn::secret"]);
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, valueOf(part)]));
};
for (const [name, { type, properties, options }] of Object.entries(require("./program.json")))
	made[name] = new classes[type](name, valueOf(properties), options);
`;

/** Makes this the stack's program. */
export function declareProgram(stack: TestStack, front: Front, program: RecordedProgram, other: OtherLogin): void {
	const { hostname, port } = new URL(stack.simulator.url);
	if (front === "dynamic") {
		Object.assign(stack.environment, {
			OTHER_ID: other.id,
			OTHER_SECRET: other.secret,
			OTHER_PROTOCOL: "http",
			OTHER_HOST: hostname,
			OTHER_PORT: port,
		});
		stack.write("store-secret.js", "exports.storeSecret = async () => {};\n");
		stack.write("index.js", interpreter);
		stack.write("program.json", JSON.stringify(program));
		return;
	}
	stack.declareYaml({
		resources: {
			other: {
				type: "pulumi:providers:genesyscloud-oauth",
				properties: {
					oauthClientId: other.id,
					oauthClientSecret: { "fn::secret": other.secret },
					gatewayProtocol: "http",
					gatewayHost: hostname,
					gatewayPort: port,
				},
			},
			...Object.fromEntries(
				Object.entries(program).map(([name, { type, ...rest }]) => [
					name,
					{ type: `genesyscloud-oauth:${type}`, ...rest },
				]),
			),
		},
	});
}
