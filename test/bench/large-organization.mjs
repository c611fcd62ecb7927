import { createHash } from "node:crypto";

const grants = ["CLIENT-CREDENTIALS", "CODE", "TOKEN"];
const scopes = ["users:readonly", "routing", "analytics:readonly", "conversations"];
const paths = [
	"/api/v2/users",
	"/api/v2/users/{userId}",
	"/api/v2/routing/queues",
	"/api/v2/conversations/{conversationId}",
];
const roles = Array.from({ length: 20 }, (_, index) => ({ id: idOf("role", index), name: `Role ${index + 1}` }));

/** An id that is the same in each process. */
function idOf(kind, index) {
	const digits = createHash("sha256").update(`${kind} ${index}`).digest("hex");
	return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

const dayBefore = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** The clients of an organization, with the settings that a program declares. */
export const largeClients = (count) =>
	Array.from({ length: count }, (_, index) => {
		const authorizedGrantType = grants[index % grants.length];
		return {
			id: idOf("client", index),
			name: `Client ${index + 1} of the bench`,
			description: `Application ${index + 1}`,
			authorizedGrantType,
			...(authorizedGrantType === "CLIENT-CREDENTIALS"
				? { roleDivisions: [{ roleId: roles[index % roles.length].id, divisionId: "*" }] }
				: {
						scope: scopes.slice(0, 1 + (index % 3)),
						registeredRedirectUri: [`https://app-${index}.example.com/callback`],
					}),
		};
	});

/** An organization: clients, each with 10 days of use, and a credential for every tenth. */
export function largeSeed(count) {
	const clients = largeClients(count);
	return {
		roles: [...roles, { id: idOf("role", "admin"), name: "Master Admin", permissions: "all" }],
		clients: clients.map((client) => ({ ...client, dateCreated: "2024-05-01T08:00:00Z" })),
		credentials: clients
			.filter((_, index) => index % 10 === 0)
			.map(({ id, name }, index) => ({
				id: idOf("credential", index),
				name,
				fields: { clientId: id, clientSecret: `not a secret ${index}` },
			})),
		usage: clients.flatMap(({ id }, index) =>
			Array.from({ length: 10 }, (_, ago) => ({
				clientId: id,
				date: dayBefore(ago + 1),
				templateUri: paths[index % paths.length],
				httpMethod: "GET",
				status200: 100,
			})),
		),
	};
}
