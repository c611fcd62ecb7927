import { createHash } from "node:crypto";
import { quoted } from "../../api/errors";
import { fieldsOf } from "../../api/json";
import type { Occasion } from "../context";
import { adoptionOf } from "./kind";
import { orderedBy, orderFor } from "../rotation-order";
import type { SecretRotationInput } from "./inputs";
import { type Properties, hasUnknown, sameJson } from "../properties";

const day = 86_400_000;
/** The last moment that a Date can hold, in milliseconds since 1970. */
const latestDate = 8.64e15;

/** The default of `renewBeforeDays`, as a share of `maxAgeDays`. */
const defaultMargin = 0.1;
/** The share of `maxAgeDays` that rotations are spread over, so that clients created in one run aren't rotated in one run. */
const spread = 0.2;

/** The key in `rotateWhenChanged` of a client of a `RotatingOAuthClient`: the number of the rotation that created its secret. */
export const rotationKey = "rotation of the RotatingOAuthClient";

/** The number of the rotation that created a client's secret; undefined unless it belongs to a `RotatingOAuthClient`. */
export function rotationNumberOf(settings: Properties): number | undefined {
	const number = fieldsOf(rotationOf(settings).rotateWhenChanged)[rotationKey];
	return typeof number === "number" ? number : undefined;
}

/** A step that a failed run may have left for a client's secret. */
export type SecretStep =
	/** The secret must be rotated: the one in state may no longer work. */
	| "renew"
	/** The secret must be rotated: it was reset outside Pulumi. */
	| "renew after reset"
	/** The new secret must be verified by a login. */
	| "verify"
	/** The secret must be passed to the program's sink. */
	| "store";

/** The `secretRotation` argument in inputs or outputs. */
export function rotationOf(settings: Properties): SecretRotationInput {
	const rotation = settings["secretRotation"];
	return typeof rotation === "object" && rotation !== null ? rotation : {};
}

/** The steps that an earlier run left. */
export function pendingStepsOf(settings: Properties): SecretStep[] {
	const pendingSecretSteps = settings["pendingSecretSteps"];
	return Array.isArray(pendingSecretSteps) ? (pendingSecretSteps as SecretStep[]) : [];
}

/** A fixed number from 0 up to 1 for a client, evenly distributed over clients. */
function shareOf(clientId: string): number {
	return createHash("sha256").update(clientId).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * When a secret is due for rotation by its age, in milliseconds since 1970; undefined without a maximum age.
 *
 * It is counted from the secret's creation, so that nothing drifts; before the maximum age, so that a pipeline with the same period never
 * skips a rotation; and spread by a fixed share for each client.
 */
export function dueAt(
	clientId: string,
	rotatedAt: string | undefined,
	rotation: SecretRotationInput,
): number | undefined {
	const from = Date.parse(rotatedAt ?? "");
	if (rotation.maxAgeDays === undefined || Number.isNaN(from)) return undefined;
	const maxAge = rotation.maxAgeDays * day;
	const margin = rotation.renewBeforeDays === undefined ? maxAge * defaultMargin : rotation.renewBeforeDays * day;
	const due = from + maxAge - margin - shareOf(clientId) * Math.min(maxAge * spread, (maxAge - margin) / 2);
	// In a preview the days may be unknown, and days in state may exceed the range of a date.
	return Math.abs(due) <= latestDate ? Math.floor(due) : undefined;
}

/**
 * Why a client's secret must be rotated, for a message; undefined if it needn't be.
 *
 * @param olds the client in state
 * @param news the program's arguments
 */
export function rotationReason(olds: Properties, news: Properties, occasion: Occasion): string | undefined {
	// TOKEN clients have no secret.
	if (news["authorizedGrantType"] === "TOKEN") return undefined;
	const pendingSecretSteps = pendingStepsOf(olds);
	if (pendingSecretSteps.includes("renew after reset"))
		return "login rejected the one in state, which was reset outside Pulumi";
	if (pendingSecretSteps.includes("renew"))
		return `an earlier run didn't finish the rotation, so ${olds["clientSecret"] === "" ? "nobody may have the current one" : "the one in state may no longer work"}`;
	if (adoptionOf(news)?.rotateSecret === true && olds["secretVersion"] === 0) {
		return "adopt.rotateSecret is set, and this stack doesn't know the current one";
	}
	const { clientId, secretRotatedAt } = olds;
	const order = orderFor(occasion, [String(clientId)]);
	const isForIt = order?.ids.has(String(clientId)) === true || olds["secretVersion"] !== 0;
	if (order !== undefined && isForIt && order.name !== olds["rotationOrder"]) return orderedBy(order);
	const before = rotationOf(olds);
	const rotation = rotationOf(news);
	if (
		before.rotateWhenChanged !== undefined &&
		rotation.rotateWhenChanged !== undefined &&
		// Values not known yet don't rotate the secret.
		!hasUnknown(rotation.rotateWhenChanged) &&
		!sameJson(before.rotateWhenChanged, rotation.rotateWhenChanged)
	) {
		return `rotateWhenChanged has changed (${changedNames(before.rotateWhenChanged, rotation.rotateWhenChanged)})`;
	}
	// The secret of an inactive client isn't in use, so its rotation can wait. For an adopted client, neither the users nor the age of the
	// secret are known: only `adopt.rotateSecret` or a changed value rotates it.
	if (news["state"] === "inactive" || olds["secretVersion"] === 0) return undefined;
	if (typeof clientId !== "string" || typeof secretRotatedAt !== "string") return undefined;
	const due = dueAt(clientId, secretRotatedAt, rotation);
	if (due === undefined || occasion.now < due) return undefined;
	const age = Math.floor((occasion.now - Date.parse(secretRotatedAt)) / day);
	return `it is ${age} days old and was due on ${new Date(due).toISOString().slice(0, 10)} (maxAgeDays: ${rotation.maxAgeDays})`;
}

/** The names of the values that differ. */
export function changedNames(before: Record<string, unknown>, after: Record<string, unknown>): string {
	const names = new Set([...Object.keys(fieldsOf(before)), ...Object.keys(fieldsOf(after))]);
	return quoted([...names].filter((name) => !sameJson(before[name], after[name])).join(", "));
}

/** The start of a secret's SHA-256, which identifies it without showing it. Empty without a secret. */
export function fingerprintOf(secret: string): string {
	return secret === "" ? "" : createHash("sha256").update(secret).digest("hex").slice(0, 12);
}
