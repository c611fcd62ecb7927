import { findingKinds, type FindingName, findingNames, severities, type Severity } from "./finding-catalog";
import { formatCount, formatDay, formatDistance, formatNumber } from "./format";
import type { Finding, Period, ReportedClient, ReportLimits } from "./report";

/** What the findings of a client depend on besides the client. */
export interface FindingContext {
	/** The time of the report, in milliseconds since 1970. */
	now: number;
	/** The period of the usage data; null if there is none. */
	period: Period | null;
	/** The limits. */
	limits: ReportLimits;
}

/** What was found about one client; everything else comes from the catalogue. */
interface Found {
	finding: FindingName;
	what: string;
	/** When Genesys Cloud acts on its own: ISO 8601. */
	dueAt?: string;
	/** Replaces the catalogue's severity. */
	severity?: Severity;
	/** Replaces the catalogue's remedy. */
	remedy?: string;
}

type FindingCheck = (client: Omit<ReportedClient, "findings">, context: FindingContext) => Found | undefined;

const dayMilliseconds = 86_400_000;

/** Whether a client has existed for the whole period; yes if its creation date is unknown. */
export function existedFor(dateCreated: string | null, { from }: Period): boolean {
	const created = Date.parse(dateCreated ?? "");
	return !(created > Date.parse(from));
}

const checks: FindingCheck[] = [
	({ authorizedGrantType: grant }) =>
		grant === "TOKEN" ? { finding: "ending-grant", what: `the grant type is ${grant}` } : undefined,
	({ authorizedGrantType }, { limits }) => {
		const forbidden = limits.forbiddenGrants.some((grant) => grant.toUpperCase() === authorizedGrantType.toUpperCase());
		return forbidden ? { finding: "forbidden-grant", what: `the grant type is ${authorizedGrantType}` } : undefined;
	},
	({ secret, state }, { limits }) => {
		const { source, since, ageDays } = secret;
		if (state !== "active" || since === null || ageDays === null || ageDays <= limits.maxSecretAgeDays)
			return undefined;
		const finding = source === "stack" ? "secret-too-old" : "secret-may-be-too-old";
		const upTo = source === "stack" ? "" : "up to ";
		return {
			finding,
			what: `secret ${upTo}${formatCount(ageDays, "day")} old, ${formatNumber(limits.maxSecretAgeDays)} allowed`,
		};
	},
	({ dateToDelete, usage }, { now, limits, period }) => {
		const date = Date.parse(dateToDelete ?? "");
		if (dateToDelete === null || !(date <= now + limits.nearDeletionDays * dayMilliseconds)) return undefined;
		const distance = formatDistance(dateToDelete, new Date(now).toISOString());
		const when = `will be deleted on ${formatDay(dateToDelete)}, ${distance}`;
		const found = { finding: "near-deletion", what: when, dueAt: dateToDelete } as const;
		if (usage === null || period === null || usage.status === "failed") return found;
		const { requests } = usage.total;
		const past = `in ${formatCount(period.days, "day")}`;
		if (requests === 0 && usage.status === "complete") {
			return { ...found, what: `${when}; no request ${past}`, severity: "low" };
		}
		return { ...found, what: `${when}; ${formatCount(requests, "request")} ${past}` };
	},
	({ state, usage, dateCreated }, { period }) => {
		if (state !== "active" || period === null || usage?.status !== "complete" || usage.total.requests > 0)
			return undefined;
		if (!existedFor(dateCreated, period)) return undefined;
		const undated = dateCreated === null ? "; its creation date is unknown" : "";
		return {
			finding: "unused",
			what: `no request in ${formatCount(period.days, "day")}${undated}`,
		};
	},
	({ accessTokenValiditySeconds: seconds, state }, { limits }) => {
		if (state !== "active" || seconds === null || seconds <= limits.maxTokenSeconds) return undefined;
		return {
			finding: "token-life-too-long",
			what: `tokens live ${formatNumber(seconds)} s, ${formatNumber(limits.maxTokenSeconds)} allowed`,
			remedy: `Lower accessTokenValiditySeconds to ${limits.maxTokenSeconds} or less`,
		};
	},
	({ scopes, state }) => {
		if (state !== "active" || !scopes?.proposed) return undefined;
		const scopesWith = (wanted: string) =>
			scopes.verdicts.filter(({ verdict }) => verdict === wanted).map(({ scope }) => scope);
		const [unused, read, unknown] = [scopesWith("no-call"), scopesWith("only-read"), scopesWith("cannot-tell")];
		const parts = [
			unused.length > 0 ? `not needed: ${unused.join(", ")}` : "",
			read.length > 0 ? `only used to read: ${read.join(", ")}` : "",
			unknown.length > 0 ? `unknown, so kept: ${unknown.join(", ")}` : "",
		].filter(Boolean);
		const needed =
			scopes.proposed.length > 0 ? `sufficient: ${scopes.proposed.join(", ")}` : "no call needed any scope";
		return {
			finding: "scope-unused",
			what: `${parts.join("; ")}; ${needed}`,
			remedy:
				scopes.proposed.length > 0
					? `Grant ${scopes.proposed.join(", ")} instead of ${scopes.verdicts.map(({ scope }) => scope).join(", ")}. This ignores calls that are made so rarely that none was in the period`
					: "Find out what the client is for: it must have at least one scope, but no call of the period needed any",
		};
	},
	({ managedBy }) =>
		managedBy?.length === 0 ? { finding: "unmanaged", what: "in none of the given stacks" } : undefined,
	({ usage }, { period }) => {
		if (period === null) return undefined;
		if (usage?.status === "failed") return { finding: "usage-unknown", what: usage.error ?? "the usage query failed" };
		return usage?.status === "partial"
			? {
					finding: "usage-unknown",
					what: "Genesys Cloud returned only part of the usage data: the client made at least these requests",
				}
			: undefined;
	},
];

/** The findings of a client, the most severe first. */
export function findingsOf(client: Omit<ReportedClient, "findings">, context: FindingContext): Finding[] {
	return checks
		.map((check) => check(client, context))
		.filter((found) => found !== undefined)
		.map((found) => {
			const kind = findingKinds[found.finding];
			return {
				id: `${found.finding}:${client.id}`,
				finding: found.finding,
				severity: found.severity ?? kind.severity,
				clientId: client.id,
				clientName: client.name,
				dueAt: found.dueAt ?? null,
				what: found.what,
				why: kind.why,
				remedy: found.remedy ?? kind.remedy,
			};
		})
		.toSorted(compareFindings);
}

/** A date as a number; what has no date comes after all that have one. */
const dueTime = ({ dueAt }: Finding) => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

/** Orders findings: the most severe first; among these what happens soonest without anybody's doing, then by kind and client. */
export function compareFindings(one: Finding, other: Finding): number {
	return (
		severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
		dueTime(one) - dueTime(other) ||
		findingNames.indexOf(one.finding) - findingNames.indexOf(other.finding) ||
		one.clientName.localeCompare(other.clientName, "en") ||
		one.clientId.localeCompare(other.clientId, "en")
	);
}
