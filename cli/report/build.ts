import type { OAuthClient } from "../../provider/api/models";
import type { FindingName } from "./finding-catalog";
import { byGravity, existedFor, findingsOf } from "./findings";
import type {
	ClientUsage,
	Finding,
	Period,
	Report,
	ReportedClient,
	ReportLimits,
	ScopeUse,
	SecretAge,
	Summary,
} from "./report";
import { proposeScopes } from "./scope-proposal";
import type { StackClient, Stacks } from "../stack-export";
import { sumByDay, summarizeUsage, type UsageOutcome } from "./usage";

/** What a report is made from. */
export interface Collected {
	/** The time, in milliseconds since 1970. */
	now: number;
	/** The host of the API that was asked. */
	host: string;
	/** The clients, as the API answered. */
	clients: readonly OAuthClient[];
	/** The period of the usage data, and each client's, by id; undefined when it wasn't asked for. */
	usage?: { period: Period; outcomes: ReadonlyMap<string, UsageOutcome> };
	/** The stacks whose exports were given. */
	stacks?: Stacks;
	/** The limits. */
	limits: ReportLimits;
}

const dayMilliseconds = 86_400_000;

/** Makes the report: a pure function of what was collected. */
export function buildReport({ now, host, clients, usage, stacks, limits }: Collected): Report {
	const period = usage?.period ?? null;
	const described = clients.map((client) => describe(client, { now, usage, stacks }));
	const findings = described.flatMap((client) => findingsOf(client, { now, period, limits })).toSorted(byGravity);
	const findingsOfClient = Map.groupBy(findings, ({ clientId }) => clientId);
	const reported = described
		.map((client): ReportedClient =>
			Object.assign(client, { findings: (findingsOfClient.get(client.id) ?? []).map(({ finding }) => finding) }),
		)
		.toSorted((one, other) => one.name.localeCompare(other.name, "en") || one.id.localeCompare(other.id, "en"));
	const usages = reported.map((client) => client.usage).filter((its) => its !== null);
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

/** A date of the API's, or null when there is none or it can't be read. */
const dateOf = (date: string | undefined) => (Number.isNaN(Date.parse(date ?? "")) ? null : (date ?? null));

function describe(
	client: OAuthClient,
	{ now, usage, stacks }: { now: number; usage: Collected["usage"]; stacks: Collected["stacks"] },
): Omit<ReportedClient, "findings"> {
	const inStacks = stacks?.clients.filter(({ clientId }) => clientId === client.id);
	const itsUsage =
		usage && summarizeUsage(usage.outcomes.get(client.id) ?? { error: "it wasn't asked for" }, usage.period);
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
		dateCreated,
		dateModified: dateOf(client.dateModified),
		dateToDelete: dateOf(client.dateToDelete),
		managedBy: inStacks?.map(({ project, stack, resource }) => ({ project, stack, resource })) ?? null,
		secret: secretAge(grant, dateCreated, inStacks ?? [], now),
		usage: itsUsage ?? null,
		// A CLIENT-CREDENTIALS client may do what its roles allow; scopes don't apply to it.
		scopes:
			usage && itsUsage && grant !== "CLIENT-CREDENTIALS" ? scopeUse(scope, itsUsage, dateCreated, usage.period) : null,
	};
}

function secretAge(
	grant: string,
	dateCreated: string | null,
	inStacks: readonly StackClient[],
	now: number,
): SecretAge {
	// The implicit grant works without one.
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
	const { verdicts, proposed } = proposeScopes(scope, usage.operations, doubtAbout(usage, dateCreated, period));
	return { verdicts, proposed: proposed ?? null };
}

/** Why the calls of a client say nothing about the scopes it doesn't need. */
function doubtAbout(usage: ClientUsage, dateCreated: string | null, period: Period): string | undefined {
	if (usage.status !== "complete") return "its usage isn't known";
	if (usage.total.requests === 0) return "it made no request";
	return existedFor(dateCreated, period) ? undefined : "it was made within the period";
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
	const byState: Record<string, number> = { active: 0, inactive: 0, disabled: 0 };
	for (const { state } of clients) byState[state] = (byState[state] ?? 0) + 1;
	return {
		clients: clients.length,
		byState,
		bySeverity,
		byFinding,
		requests: usages && usages.reduce((sum, { total }) => sum + total.requests, 0),
	};
}
