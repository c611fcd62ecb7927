import { createHash } from "node:crypto";
import { quoted } from "../../api/errors";
import { fieldsOf } from "../../api/json";
import { adoptionOf } from "../adoption";
import type { SecretRotationInput } from "../inputs";
import { sameJson } from "../state/canonical-json";
import { hasUnknown, type Properties } from "../state/settings";
import { rotationKey } from "./rotation-key";

const day = 86_400_000;
/** The last moment that a Date can hold, in milliseconds since 1970. */
const latestDate = 8.64e15;

/** The part of a secret's life within which it is renewed ahead of its greatest age, unless the program says otherwise. */
const defaultRenewal = 0.1;
/** The part of a secret's life over which the clients are spread, so that those made in one run aren't renewed in one run. */
const spread = 0.2;

/** The rotation that a client's secret was made for, where it is a `RotatingOAuthClient`'s. */
export function rotationNumberOf(settings: Properties): number | undefined {
	const number = fieldsOf(rotationOf(settings).rotateWhenChanged)[rotationKey];
	return typeof number === "number" ? number : undefined;
}

/** What may be left to do on a client's secret by a run that failed. */
export type SecretStep =
	/** The secret in state may be no longer valid: it must be renewed. */
	| "renew"
	/** Somebody else has given the client another secret. */
	| "renew after reset"
	/** The secret is new, but no login has shown that it works. */
	| "verify"
	/** The secret wasn't handed to the program's sink. */
	| "store";

/** The rotation that some inputs or outputs hold. */
export function rotationOf(settings: Properties): SecretRotationInput {
	const rotation = settings["secretRotation"];
	return typeof rotation === "object" && rotation !== null ? rotation : {};
}

/** What an earlier run left to do. */
export function pendingStepsOf(settings: Properties): SecretStep[] {
	const pendingSecretSteps = settings["pendingSecretSteps"];
	return Array.isArray(pendingSecretSteps) ? (pendingSecretSteps as SecretStep[]) : [];
}

/** A number from 0 up to 1 that is always the same for a client, and evenly spread over clients. */
function shareOf(clientId: string): number {
	return createHash("sha256").update(clientId).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * When a secret is due for renewal, in milliseconds since 1970; undefined when it never is by age.
 *
 * Counted from the secret's own date, so nothing drifts; before its greatest age, so that a pipeline with the same period never
 * skips a rotation; and spread, each client at a fixed place of its own.
 */
export function dueAt(
	clientId: string,
	rotatedAt: string | undefined,
	rotation: SecretRotationInput,
): number | undefined {
	const from = Date.parse(rotatedAt ?? "");
	if (rotation.maxAgeDays === undefined || Number.isNaN(from)) return undefined;
	const life = rotation.maxAgeDays * day;
	const renewal = rotation.renewBeforeDays === undefined ? life * defaultRenewal : rotation.renewBeforeDays * day;
	const due = from + life - renewal - shareOf(clientId) * Math.min(life * spread, (life - renewal) / 2);
	// In a preview the days may not be known yet; and state may hold more of them than a date can.
	return Math.abs(due) <= latestDate ? Math.floor(due) : undefined;
}

/**
 * Why a client's secret must be renewed, in words, or undefined when it needn't be.
 *
 * @param olds the client as state knows it
 * @param news what the program declares
 * @param now milliseconds since 1970
 */
export function rotationReason(olds: Properties, news: Properties, now: number): string | undefined {
	// A client that has no secret gets none.
	if (news["authorizedGrantType"] === "TOKEN") return undefined;
	const pendingSecretSteps = pendingStepsOf(olds);
	if (pendingSecretSteps.includes("renew after reset"))
		return "login rejected the one in state, which was reset outside Pulumi";
	if (pendingSecretSteps.includes("renew"))
		return "an earlier run didn't finish the rotation, so the one in state may no longer work";
	if (adoptionOf(news)?.rotateSecret === true && olds["secretVersion"] === 0) {
		return "adopt.rotateSecret is set, and this stack doesn't know the current one";
	}
	const before = rotationOf(olds);
	const rotation = rotationOf(news);
	if (
		before.rotateWhenChanged !== undefined &&
		rotation.rotateWhenChanged !== undefined &&
		// What isn't known yet renews nothing.
		!hasUnknown(rotation.rotateWhenChanged) &&
		!sameJson(before.rotateWhenChanged, rotation.rotateWhenChanged)
	) {
		return `rotateWhenChanged has changed (${changedNames(before.rotateWhenChanged, rotation.rotateWhenChanged)})`;
	}
	// Nobody uses the secret of an inactive client: its age can wait. And of an adopted one nobody knows who uses it, nor how old it is:
	// only the program can say that it may be renewed.
	if (news["state"] === "inactive" || olds["secretVersion"] === 0) return undefined;
	const { clientId, secretRotatedAt } = olds;
	if (typeof clientId !== "string" || typeof secretRotatedAt !== "string") return undefined;
	const due = dueAt(clientId, secretRotatedAt, rotation);
	if (due === undefined || now < due) return undefined;
	const age = Math.floor((now - Date.parse(secretRotatedAt)) / day);
	return `it is ${age} days old and was due on ${new Date(due).toISOString().slice(0, 10)} (maxAgeDays: ${rotation.maxAgeDays})`;
}

/** The names of the values that differ. */
function changedNames(before: Record<string, unknown>, after: Record<string, unknown>): string {
	const names = new Set([...Object.keys(fieldsOf(before)), ...Object.keys(fieldsOf(after))]);
	return quoted([...names].filter((name) => !sameJson(before[name], after[name])).join(", "));
}

/** What shows that a secret is this one without showing it: the start of its SHA-256. Empty for no secret. */
export function fingerprintOf(secret: string): string {
	return secret === "" ? "" : createHash("sha256").update(secret).digest("hex").slice(0, 12);
}
