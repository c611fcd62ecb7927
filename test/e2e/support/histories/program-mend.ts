import type { Organization } from "../../../../simulator";
import type { Slot } from "./commands";
import { eachClient, type OneClient, type Program } from "./program";
import { forService } from "./program-steps";
import { entryAt, holdersOf, type Snapshot } from "./snapshot";

/** What a program is compared with. */
interface Circumstances {
	now: Snapshot;
	organization: Organization;
	urnOf: (slot: Slot) => string;
	/** Clients that two entries hold. */
	twice: Set<string>;
}

/** Whether a client can adopt what it says. */
function canAdopt({ adopts, settings, slot }: OneClient, { now, organization, urnOf }: Circumstances): boolean {
	if (adopts === undefined) return true;
	const hasGrant = organization.client(adopts)?.authorizedGrantType === settings["authorizedGrantType"];
	return hasGrant && holdersOf(now, adopts).every(({ urn }) => urn === urnOf(slot));
}

/**
 * What a user makes of a program that was refused: without roles that don't exist, without adoptions of what isn't there, has another grant,
 * or is held by another resource, without the second of two resources with one client, and without credentials of an unknown secret.
 */
export function mended(program: Program, circumstances: Circumstances): Program {
	const { now, organization, urnOf, twice } = circumstances;
	const roles = new Set(organization.roles().map(({ id }) => id));
	const taken = new Set<string>();
	const result: Program = new Map();
	for (const [slot, client] of program) {
		const { adopt, ...settings } = client.settings;
		const its = eachClient(new Map([[slot, client]]));
		const ids = its.flatMap(({ adopts = [] }) => adopts);
		const isPossible =
			ids.length > 0 && !ids.some((id) => taken.has(id)) && its.every((one) => canAdopt(one, circumstances));
		if (isPossible) for (const id of ids) taken.add(id);
		const granted = settings["roleDivisions"] as { roleId: string }[] | undefined;
		if (granted !== undefined) {
			const existing = granted.filter(({ roleId }) => roles.has(roleId));
			settings["roleDivisions"] = existing.length > 0 ? existing : forService.roleDivisions;
		}
		const entry = entryAt(now, urnOf(slot));
		const hasSecret = entry === undefined || entry.outputs["clientSecret"] !== "";
		const hasCredential = client.hasCredential && hasSecret;
		result.set(slot, { ...client, hasCredential, settings: isPossible ? { ...settings, adopt } : settings });
	}
	for (const id of twice) {
		const second = [...result.keys()].findLast((slot) => holdersOf(now, id).some(({ urn }) => urn === urnOf(slot)));
		if (second !== undefined) result.delete(second);
	}
	return result;
}
