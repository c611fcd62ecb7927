import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Seed } from "../../../simulator";
import { knownScopes } from "../../../provider/api/scopes";

/** How many clients of the organization can be exported. */
export const exportable = 100;

/** Names that code, file systems, terminals and Markdown have trouble with. */
export const oddNames = [
	'He said "hello"',
	"it's",
	"two\nlines",
	"carriage\r\nreturn",
	"a `template ${process.exit(1)} literal`",
	"*/ process.exit(2); /*",
	"// comment",
	"</script><script>alert(1)</script>",
	"\\u0041 \\ backslash \\",
	"tab\tand\u0000nul",
	"line\u2028separator\u2029here",
	"right\u202Eto left",
	"\u001B[31mred\u001B[0m",
	"日本語のクライアント",
	"Störungsmelder für Köln",
	"Приложение",
	"العميل",
	"हिन्दी ग्राहक",
	"👩‍👩‍👧‍👦 family",
	"e\u0301clair",
	"\u00E9clair",
	"class",
	"await",
	"exports",
	"adopted",
	"global this",
	"__proto__",
	"constructor",
	"2nd client",
	"...",
	"--force",
	"../../etc/passwd",
	"a::b$c",
	"| pipe | table |",
	"x".repeat(300),
	"x".repeat(299) + "y",
	"same name",
	"same name",
	"same name",
	"Same-Name",
	"a-1",
	"a1",
	" leading and trailing ",
	"undefined",
	"null",
	"0",
];

const grants = ["CLIENT-CREDENTIALS", "CODE", "TOKEN", "SAML2-BEARER", "PASSWORD"] as const;
const lives = [86_400, 300, 3600, 172_800];
const idOf = (index: number) =>
	`${(0xc11e0000 + index * 7).toString(16)}-0000-4000-8000-${String(index).padStart(12, "0")}`;

const roleSets: Pick<ClientSeed, "roleDivisions" | "roleIds">[] = [
	{ roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }] },
	{ roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }] },
	{ roleDivisions: [{ roleId: ROLE_IDS.communicateUser, divisionId: "*" }] },
	{
		roleDivisions: [
			{ roleId: ROLE_IDS.masterAdmin, divisionId: DIVISION_IDS.support },
			{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home },
			{ roleId: ROLE_IDS.employee, divisionId: "*" },
		],
		roleIds: [ROLE_IDS.masterAdmin, ROLE_IDS.employee],
	},
	{ roleIds: [ROLE_IDS.employee] },
	// A role that has been removed since.
	{ roleDivisions: [{ roleId: "5a1e0000-0000-4000-8000-00000000dead", divisionId: DIVISION_IDS.home }] },
];

function variedClient(index: number): ClientSeed {
	const grant = grants[index % grants.length] ?? "CODE";
	const turn = Math.floor(index / grants.length);
	const isService = grant === "CLIENT-CREDENTIALS";
	const scopes = knownScopes.slice(turn, turn + (turn % 4 === 3 ? 60 : 1 + (turn % 3)));
	return {
		id: idOf(index),
		name: oddNames[index] ?? `Client ${index}`,
		authorizedGrantType: grant,
		accessTokenValiditySeconds: lives[index % lives.length] ?? 86_400,
		...(isService ? roleSets[turn % roleSets.length] : { scope: [...scopes] }),
		// A service may have scopes and redirect URIs too: they have no effect.
		...(isService && turn % 5 === 0 ? { scope: ["users"], registeredRedirectUri: ["https://unused.example.com"] } : {}),
		...(grant === "CODE" || grant === "TOKEN"
			? {
					registeredRedirectUri: Array.from(
						{ length: 1 + (turn % 4) },
						(_, uri) => `https://app-${index}.example.com/callback/${uri}?a=%20"'&b=\${c}`,
					),
				}
			: {}),
		...(index % 4 === 0
			? { description: `For the "${oddNames[(index + 3) % oddNames.length]}" team\n\`*/\` ${index}` }
			: {}),
		...(index % 7 === 0 ? { state: "inactive" } : {}),
		...(index % 14 === 0 ? { dateToDelete: "2030-05-06T07:08:09Z" } : {}),
		...(index % 9 === 0 ? { extra: { allowedIpAddresses: ["192.0.2.0/24"], futureSetting: { on: true } } } : {}),
	};
}

/** An organization with {@link exportable} clients of every kind, and four that no program can adopt. */
export const variedOrganization: Seed = {
	clients: [
		...Array.from({ length: exportable }, (_, index) => variedClient(index)),
		{ id: idOf(900), name: "Disabled `one`", state: "disabled", ...roleSets[0] },
		{ id: idOf(901), name: "Disabled | two", state: "disabled", authorizedGrantType: "CODE", scope: ["users"] },
		{ id: idOf(902), name: "No scope", authorizedGrantType: "SAML2-BEARER" },
		{ id: idOf(903), name: " ", ...roleSets[0] },
	],
};
