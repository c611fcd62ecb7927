/** A language the simulator has texts in. */
export type Language = "en-us" | "de";

/** The languages of the simulator's texts; the first is the fallback, as with the vendor. */
export const LANGUAGES = ["en-us", "de"] as const satisfies readonly Language[];

/** One scope, with its description in each language. The texts are the simulator's own: the vendor's are only in its API. */
export interface Scope {
	/** The id, for example `users:readonly`. */
	id: string;
	/** What it allows. */
	description: Record<Language, string>;
}

/** Scopes with a form for reading and writing (`users`) and one for reading (`users:readonly`), and what they are about. */
const PAIRS: readonly (readonly [id: string, english: string, german: string])[] = [
	["ai-studio", "AI Studio guides", "AI-Studio-Leitfäden"],
	["alerting", "alerting rules", "Alarmregeln"],
	["analytics", "analytics data", "Analysedaten"],
	["architect", "flows and prompts", "Abläufe und Ansagen"],
	["assistants", "agent assistants", "Agentenassistenten"],
	["authorization", "roles, permissions and divisions", "Rollen, Rechte und Bereiche"],
	["billing", "billing reports", "Abrechnungen"],
	["business-rules", "business rules", "Geschäftsregeln"],
	["case-management", "cases", "Vorgänge"],
	["coaching", "coaching appointments", "Coaching-Termine"],
	["content-management", "documents and workspaces", "Dokumente und Arbeitsbereiche"],
	["conversations", "conversations", "Konversationen"],
	["data-privacy", "data privacy settings", "Datenschutzeinstellungen"],
	["devices", "mobile devices", "Mobilgeräte"],
	["dialog", "dialog flows", "Dialogabläufe"],
	["employee-engagement", "employee recognitions", "Anerkennungen"],
	["employee-performance", "employee performance metrics", "Leistungskennzahlen"],
	["external-contacts", "external contacts and organizations", "externe Kontakte und Organisationen"],
	["fax", "fax documents", "Faxdokumente"],
	["gamification", "gamification profiles", "Gamification-Profile"],
	["gdpr", "requests about personal data", "Anfragen zu personenbezogenen Daten"],
	["geolocation", "locations of users", "Standorte von Benutzern"],
	["greetings", "greetings", "Begrüßungen"],
	["groups", "groups and their members", "Gruppen und ihre Mitglieder"],
	["identity-providers", "identity providers", "Identitätsanbieter"],
	["infrastructureascode", "infrastructure as code jobs", "Infrastructure-as-Code-Aufträge"],
	["integrations", "integrations and their credentials", "Integrationen und ihre Zugangsdaten"],
	["journey", "journey maps and sessions", "Journey-Karten und -Sitzungen"],
	["knowledge", "knowledge bases", "Wissensdatenbanken"],
	["language-understanding", "language understanding domains", "Domänen des Sprachverstehens"],
	["learning", "learning modules", "Lernmodule"],
	["license", "licenses", "Lizenzen"],
	["locations", "locations", "Standorte"],
	["logcapture", "log captures", "Protokollaufzeichnungen"],
	["messaging", "messages", "Nachrichten"],
	["messaging-platform", "messaging platforms", "Nachrichtenplattformen"],
	["oauth", "OAuth clients", "OAuth-Clients"],
	["organization", "the organization's settings", "Einstellungen der Organisation"],
	["organization-authorization", "trusts between organizations", "Vertrauensstellungen zwischen Organisationen"],
	["outbound", "outbound campaigns and lists", "ausgehende Kampagnen und Listen"],
	["presence", "presences", "Anwesenheiten"],
	["process-automation", "triggers", "Auslöser"],
	["quality", "quality evaluations", "Qualitätsbewertungen"],
	["recordings", "recordings", "Aufzeichnungen"],
	["response-management", "canned responses", "Textbausteine"],
	["routing", "queues, skills and routing", "Warteschlangen, Fähigkeiten und Verteilung"],
	["scim", "SCIM users and groups", "SCIM-Benutzer und -Gruppen"],
	["screen-monitoring", "screen monitoring sessions", "Bildschirmüberwachungen"],
	["scripts", "scripts", "Skripte"],
	["social-media", "social media topics", "Themen sozialer Medien"],
	["speech-and-text-analytics", "speech and text analytics", "Sprach- und Textanalysen"],
	["stations", "stations", "Stationen"],
	["telephony", "telephony configuration", "Telefoniekonfiguration"],
	["textbots", "text bots", "Textbots"],
	["usage", "API usage", "API-Nutzung"],
	["user-recordings", "recordings of users", "Aufzeichnungen von Benutzern"],
	["users", "users and their profiles", "Benutzer und ihre Profile"],
	["users-rules", "rules for users", "Regeln für Benutzer"],
	["voicemail", "voicemail messages", "Sprachnachrichten"],
	["web-chat", "web chat deployments", "Web-Chat-Bereitstellungen"],
	["webdeployments", "web deployments", "Web-Bereitstellungen"],
	["widgets", "widgets", "Widgets"],
	["workforce-management", "schedules and forecasts", "Dienstpläne und Prognosen"],
	["workitems", "work items", "Arbeitselemente"],
];

/** Scopes that exist in one form only. */
const SINGLES: readonly Scope[] = [
	{ id: "all", description: { "en-us": "All scopes.", de: "Alle Bereiche." } },
	{ id: "audits:readonly", description: { "en-us": "Read audits.", de: "Prüfprotokolle lesen." } },
	{ id: "data-extensions", description: { "en-us": "Use data extensions.", de: "Datenerweiterungen nutzen." } },
	{ id: "notifications", description: { "en-us": "Receive notifications.", de: "Benachrichtigungen empfangen." } },
	{ id: "search:readonly", description: { "en-us": "Search.", de: "Suchen." } },
	{ id: "upload", description: { "en-us": "Upload files.", de: "Dateien hochladen." } },
	{
		id: "user-basic-info",
		description: {
			"en-us": "Read basic data of the user who is logged in.",
			de: "Grunddaten des angemeldeten Benutzers lesen.",
		},
	},
];

/** The scopes of the Platform API, ordered by id. */
export const SCOPES: readonly Scope[] = [
	...SINGLES,
	...PAIRS.flatMap(([id, english, german]): Scope[] => [
		{ id, description: { "en-us": `Read and change ${english}.`, de: `Lesen und ändern: ${german}.` } },
		{ id: `${id}:readonly`, description: { "en-us": `Read ${english}.`, de: `Nur lesen: ${german}.` } },
	]),
].toSorted((one, other) => (one.id < other.id ? -1 : 1));

const ids = new Set(SCOPES.map((scope) => scope.id));

/** Whether a text is the id of a scope. */
export function isScopeId(id: string): boolean {
	return ids.has(id);
}
