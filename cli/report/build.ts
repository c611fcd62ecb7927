import type { CredentialInfo } from "../../provider/api/integration-models";
import type { DomainEntityRef, OAuthClient } from "../../provider/api/models";
import type { FindingName } from "./finding-catalog";
import { compareFindings, existedFor, findingsOf } from "./findings";
import type {
	ClientUsage,
	Finding,
	Period,
	Report,
	ReportedAuthor,
	ReportedClient,
	ReportLimits,
	ScopeUse,
	SecretAge,
	Summary,
} from "./report";
import { proposeScopes } from "./scope-proposal";
import type { StackClient, Stacks } from "../stack-export";
import { sumByDay, summarizeUsage, type UsageOutcome } from "./usage";

/** The data of a report. */
export interface ReportData {
	/** The time, in milliseconds since 1970. */
	now: number;
	/** The host of the API. */
	host: string;
	/** The clients as the API returned them. */
	clients: readonly OAuthClient[];
	/** The period and each client's usage, by id; undefined with `--no-usage`. */
	usage?: { period: Period; outcomes: ReadonlyMap<string, UsageOutcome> };
	/** The integration credentials that contain each client, by client id; undefined if the login may not see them. */
	credentials?: ReadonlyMap<string, readonly CredentialInfo[]>;
	/** The given stack exports. */
	stacks?: Stacks;
	/** The limits. */
	limits: ReportLimits;
}

const dayMilliseconds = 86_400_000;

/** Makes the report: a pure function of its data. */
export function buildReport({ now, host, clients, usage, credentials, stacks, limits }: ReportData): Report {
	const period = usage?.period ?? null;
	const names = new Map(clients.map(({ id, name }) => [id, name]));
	const inStacks = stacks && Map.groupBy(stacks.clients, ({ clientId }) => clientId);
	const described = clients.map((client) => describe(client, { now, usage, credentials, inStacks, names }));
	const findings = described.flatMap((client) => findingsOf(client, { now, period, limits })).toSorted(compareFindings);
	const findingsOfClient = Map.groupBy(findings, ({ clientId }) => clientId);
	const reported = described
		.map((client): ReportedClient =>
			Object.assign(client, { findings: (findingsOfClient.get(client.id) ?? []).map(({ finding }) => finding) }),
		)
		.toSorted((one, other) => one.name.localeCompare(other.name, "en") || one.id.localeCompare(other.id, "en"));
	const usages = reported.map((client) => client.usage).filter((clientUsage) => clientUsage !== null);
	return {
		version: 1,
		generatedAt: new Date(now).toISOString(),
		host,
		period,
		limits,
		stacks: stacks?.files ?? null,
		summary: summarize(reported, findings, period === null ? null : usages),
		findings,
		clients: reported,
		usageByDay: period && sumByDay(usages, period),
	};
}

/** A date from the API, or null if there is none: one of another form than the API's can't be shown as a day. */
const dateOf = (date = "") => (/^\d{4}-\d\d-\d\dT/.test(date) && !Number.isNaN(Date.parse(date)) ? date : null);

function describe(
	client: OAuthClient,
	{
		now,
		usage,
		credentials,
		inStacks: byClient,
		names,
	}: { [Name in "usage" | "credentials"]: ReportData[Name] | undefined } & {
		now: number;
		inStacks: ReadonlyMap<string, readonly StackClient[]> | undefined;
		names: ReadonlyMap<string, string>;
	},
): Omit<ReportedClient, "findings"> {
	const inStacks = byClient && (byClient.get(client.id) ?? []);
	const clientUsage =
		usage && summarizeUsage(usage.outcomes.get(client.id) ?? { error: "it wasn't queried" }, usage.period);
	const dateCreated = dateOf(client.dateCreated);
	const scope = client.scope ?? [];
	const grant = client.authorizedGrantType ?? "";
	return {
		id: client.id,
		name: client.name ?? "",
		description: client.description ?? "",
		authorizedGrantType: grant,
		state: client.state ?? "active",
		accessTokenValiditySeconds: client.accessTokenValiditySeconds ?? null,
		scope,
		roleDivisions: (client.roleDivisions ?? []).map(({ roleId, divisionId }) => ({ roleId, divisionId })),
		registeredRedirectUri: (client.registeredRedirectUri ?? []).map(withoutPassword),
		dateCreated,
		createdBy: authorOf(client.createdBy, names),
		dateModified: dateOf(client.dateModified),
		modifiedBy: authorOf(client.modifiedBy, names),
		dateToDelete: dateOf(client.dateToDelete),
		managedBy: inStacks?.map(({ project, stack, resource }) => ({ project, stack, resource })) ?? null,
		integrationCredentials: credentials
			? (credentials.get(client.id) ?? []).map(({ id, name = "" }) => ({ id, name }))
			: null,
		secret: secretAge(grant, dateCreated, inStacks ?? [], now),
		usage: clientUsage ?? null,
		// A CLIENT-CREDENTIALS client may do what its roles allow; scopes don't apply to it.
		scopes:
			usage && clientUsage && grant !== "CLIENT-CREDENTIALS"
				? scopeUse(scope, clientUsage, dateCreated, usage.period)
				: null,
	};
}

/** A URI without what stands before its host: it may be a password. */
const withoutPassword = (uri: string) => uri.replace(/\/\/[^/?#]*@/, "//[secret]@");

function authorOf(by: DomainEntityRef | undefined, names: ReadonlyMap<string, string>): ReportedAuthor | null {
	if (by?.id === undefined) return null;
	return { id: by.id, name: by.name || names.get(by.id) || "" };
}

function secretAge(
	grant: string,
	dateCreated: string | null,
	inStacks: readonly StackClient[],
	now: number,
): SecretAge {
	// The implicit grant has no secret.
	if (grant === "TOKEN") return { source: "none", since: null, ageDays: null };
	const rotated = inStacks
		.map(({ secretRotatedAt }) => secretRotatedAt)
		.filter((date) => date !== undefined)
		.toSorted()
		.at(-1);
	const since = rotated ?? dateCreated;
	if (since === null) return { source: "unknown", since: null, ageDays: null };
	const ageDays = Math.max(0, Math.floor((now - Date.parse(since)) / dayMilliseconds));
	return { source: rotated === undefined ? "client" : "stack", since, ageDays };
}

function scopeUse(scope: readonly string[], usage: ClientUsage, dateCreated: string | null, period: Period): ScopeUse {
	const { verdicts, proposed } = proposeScopes(scope, usage.operations, whyInconclusive(usage, dateCreated, period));
	return { verdicts, proposed: proposed ?? null };
}

/** Why a client's calls don't show which scopes it needs; undefined if they do. */
function whyInconclusive(usage: ClientUsage, dateCreated: string | null, period: Period): string | undefined {
	if (usage.status !== "complete") return "its usage is unknown";
	if (usage.total.requests === 0) return "it made no request";
	return existedFor(dateCreated, period) ? undefined : "it was created within the period";
}

function summarize(
	clients: readonly ReportedClient[],
	findings: readonly Finding[],
	usages: ClientUsage[] | null,
): Summary {
	const byFinding: Partial<Record<FindingName, number>> = {};
	const bySeverity = { high: 0, medium: 0, low: 0, info: 0 };
	for (const { finding, severity } of findings) {
		byFinding[finding] = (byFinding[finding] ?? 0) + 1;
		bySeverity[severity] += 1;
	}
	const states = [...Map.groupBy(clients, ({ state }) => state)].map(([state, those]) => [state, those.length]);
	return {
		clients: clients.length,
		byState: { active: 0, inactive: 0, disabled: 0, ...Object.fromEntries(states) },
		bySeverity,
		byFinding,
		requests: usages && usages.reduce((sum, { total }) => sum + total.requests, 0),
	};
}
