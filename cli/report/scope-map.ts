import { knownScopes } from "../../provider/api/scopes";

/**
 * Which scope the operations below a path need, without `:readonly`; the longest matching entry counts. `{}` is any one segment, an empty
 * text means that no scope is needed, and of several scopes any may be the one in use. Source: the scopes that the vendor's OpenAPI
 * description names for each of its 3,180 operations (all parts of it, August 2026).
 */
const scopesByPath: Record<string, string> = {
	alerting: "alerting",
	analytics: "analytics",
	architect: "architect",
	assistants: "assistants",
	audits: "audits",
	authorization: "authorization",
	billing: "billing",
	businessrules: "business-rules",
	"carrierservices/integrations/emergencylocations/me": "",
	casemanagement: "case-management",
	"certificate/details": "user-basic-info",
	chats: "organization",
	coaching: "coaching",
	contentmanagement: "content-management",
	conversations: "conversations",
	"conversations/messaging": "messaging",
	"conversations/messaging/oauth/apple/callback": "",
	"conversations/messaging/threadingtimeline": "conversations",
	"conversations/summaries": "ai-studio",
	"conversations/{}/participants/{}/screenmonitors/sessions": "screen-monitoring",
	"conversations/{}/recordingmetadata": "recordings",
	"conversations/{}/recordings": "recordings",
	dataextensions: "data-extensions",
	dataprivacy: "data-privacy",
	date: "",
	diagnostics: "logcapture",
	documentation: "",
	"downloads/{}": "",
	emails: "conversations",
	employeeengagement: "employee-engagement",
	employeeperformance: "employee-performance",
	"events/conversations": "conversations",
	"events/users/presence": "presence",
	"events/users/routingstatus": "routing",
	externalcontacts: "external-contacts",
	fax: "fax",
	fieldconfig: "users",
	flows: "architect",
	gamification: "gamification",
	gdpr: "gdpr",
	geolocations: "geolocation",
	greetings: "greetings",
	groups: "groups",
	"groups/{}/greetings": "greetings",
	guides: "ai-studio",
	identityproviders: "identity-providers",
	infrastructureascode: "infrastructureascode",
	integrations: "integrations",
	"integrations/actions/{}/draft/function/upload": "upload",
	"integrations/botconnector/{}/bots": "textbots",
	"integrations/unifiedcommunications/{}/thirdpartypresences": "presence",
	"integrations/webhooks/{}/events": "",
	intents: "external-contacts",
	ipranges: "",
	journey: "journey",
	"journey/deployments/{}": "",
	knowledge: "knowledge",
	"knowledge/documentuploads": "upload",
	"knowledge/guest/sessions": "",
	languages: "routing",
	"languages/translations": "users",
	languageunderstanding: "language-understanding",
	"languageunderstanding/domains": "dialog language-understanding",
	"languageunderstanding/miners/{}/uploads": "upload",
	learning: "learning",
	license: "license",
	locations: "locations",
	"locations/search": "locations search",
	messaging: "messaging-platform",
	mobiledevices: "devices",
	notifications: "notifications",
	oauth: "oauth",
	organizations: "organization",
	orgauthorization: "organization-authorization",
	"orgauthorization/trustees/{}/clonedusers": "users",
	orphanrecordings: "quality",
	outbound: "outbound",
	"outbound/contactlists/uploads": "upload",
	"outbound/dnclists/uploads": "upload",
	presence: "presence",
	presencedefinitions: "presence",
	processautomation: "process-automation",
	"profiles/groups": "groups",
	"profiles/users": "users",
	quality: "quality",
	"quality/evaluations/search": "quality search",
	"quality/surveys/scorable": "",
	recording: "recordings",
	"recording/batchrequests": "quality",
	recordings: "recordings",
	"recordings/screensessions/acknowledge": "conversations",
	"recordings/screensessions/metadata": "conversations",
	responsemanagement: "response-management",
	routing: "routing",
	"routing/queues/{}/assistant": "assistants",
	scim: "scim",
	screenmonitors: "screen-monitoring",
	"screenrecording/token": "authorization",
	scripts: "scripts",
	search: "search",
	"settings/executiondata": "architect",
	socialmedia: "social-media",
	speechandtextanalytics: "speech-and-text-analytics",
	"speechandtextanalytics/transcripts/search": "analytics speech-and-text-analytics",
	stations: "stations",
	systempresences: "presence",
	taskmanagement: "workitems",
	teams: "groups",
	telephony: "telephony",
	textbots: "textbots",
	"textbots/bots/search": "integrations",
	timezones: "",
	"tokens/me": "user-basic-info",
	"tokens/timeout": "authorization organization",
	"tokens/{}": "user-basic-info",
	uploads: "upload",
	usage: "oauth usage",
	userrecordings: "user-recordings",
	users: "users",
	"users/chats/me": "organization",
	"users/development/activities": "coaching learning",
	// GET of `me` needs only user-basic-info; PATCH needs users.
	"users/me": "user-basic-info users",
	"users/presences": "presence",
	"users/rules": "users-rules",
	"users/search/teams/assign": "groups",
	"users/{}/geolocations": "geolocation",
	"users/{}/greetings": "greetings",
	"users/{}/presences": "presence",
	"users/{}/roles": "authorization",
	"users/{}/screenmonitors/sessions": "screen-monitoring",
	"users/{}/skillgroups": "routing",
	voicemail: "voicemail",
	webchat: "web-chat",
	"webchat/guest/conversations": "",
	webdeployments: "webdeployments",
	"webdeployments/deployments/{}/cobrowse": "",
	"webdeployments/token": "",
	webmessaging: "",
	"widgets/deployments": "widgets",
	workforcemanagement: "workforce-management",
	"workforcemanagement/agents/me/managementunit": "coaching workforce-management",
	"workforcemanagement/agents/{}/managementunit": "coaching learning workforce-management",
	"workforcemanagement/businessunits/{}": "coaching learning workforce-management",
	"workforcemanagement/calendar/data/ics": "",
};

interface Node {
	children: Map<string, Node>;
	scopes?: string[];
}

const root: Node = { children: new Map() };
for (const [path, scopes] of Object.entries(scopesByPath)) {
	let node = root;
	for (const segment of path.split("/")) {
		const next = node.children.get(segment) ?? { children: new Map() };
		node.children.set(segment, next);
		node = next;
	}
	node.scopes = scopes.split(" ").filter((scope) => scope !== "");
}

/** The scopes that an operation needs. */
export interface OperationScopes {
	/** The scopes of which any may be the one in use, without `:readonly`; empty if no scope is needed. */
	scopes: readonly string[];
	/** Whether their `:readonly` forms, if they exist, are certainly enough. */
	reads: boolean;
}

/** Whether this table knows the operations of a scope. */
export const isMappedScope = (id: string): boolean => mapped.has(baseOf(id));

/** A scope without its `:readonly`. */
export const baseOf = (scope: string): string => scope.replace(/:readonly$/, "");

const mapped: ReadonlySet<string> = new Set(
	Object.values(scopesByPath)
		.flatMap((scopes) => scopes.split(" "))
		.filter((base) => knownScopes.some((scope) => baseOf(scope) === base)),
);

/**
 * The scopes that an operation needs, or undefined if unknown.
 *
 * @param method the HTTP method
 * @param templateUri the path as in usage data: `/api/v2/users/{userId}`, also without the first slash
 */
export function scopesOf(method: string, templateUri: string): OperationScopes | undefined {
	const [, path] = /^\/?api\/v2\/([^?]+)$/.exec(templateUri) ?? [];
	if (path === undefined) return undefined;
	const segments = path.toLowerCase().split("/").filter(Boolean);
	const match = longestMatch(root, segments, 0);
	return match && { scopes: match.scopes, reads: isReading(method.toUpperCase(), segments) };
}

interface Match {
	scopes: string[];
	depth: number;
}

/** A word takes precedence over `{}` at the same depth, but both are tried: `users/me/greetings` matches `users/{}/greetings`. */
function longestMatch(node: Node, [segment, ...rest]: string[], depth: number): Match | undefined {
	const here = node.scopes && { scopes: node.scopes, depth };
	if (segment === undefined) return here;
	const below = [segment, "{}"].map((key) => {
		const child = node.children.get(key);
		return child && longestMatch(child, rest, depth + 1);
	});
	return [...below, here]
		.filter((match) => match !== undefined)
		.reduce<Match | undefined>(
			(best, match) => (best === undefined || match.depth > best.depth ? match : best),
			undefined,
		);
}

/** POSTs that look like queries but need more than `:readonly`, according to the vendor's description. */
const writes = new Set(["learning/rules/query", "groups/search"]);

/**
 * Whether `:readonly` is enough. By the vendor's description it is enough for every GET whose scope has such a form, for 105 of the 107
 * POSTs that end in `query` or `search`, and for the jobs of analytics. Other POSTs are assumed to need more.
 */
function isReading(method: string, segments: string[]): boolean {
	if (method === "GET" || method === "HEAD") return true;
	if (method !== "POST" || writes.has(segments.join("/"))) return false;
	const last = segments.at(-1);
	return last === "query" || last === "search" || (segments[0] === "analytics" && last === "jobs");
}
