import type { Properties } from "../../../../provider/lifecycle/properties";
import { type ClientRecord, DIVISION_IDS, ROLE_IDS } from "../../../../simulator";
import { isPair, type Slot, type Step } from "./commands";
import type { DeclaredClient, Program } from "./program";

/** The role that every service may have. */
export const forService = { roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }] };
const forUsers = { scope: ["users:readonly"], registeredRedirectUri: ["https://app.example.com/callback"] };

/** A declaration of a client. */
export const declaredAs = (name: string, settings: Properties): DeclaredClient => ({
	name,
	settings,
	options: {},
	formerNames: [],
	hasCredential: false,
});

/** The settings that declare a client as it is. */
export function settingsAsTheyAre(client: ClientRecord): Properties {
	const { name, authorizedGrantType, description, accessTokenValiditySeconds, state } = client;
	const isService = authorizedGrantType === "CLIENT-CREDENTIALS";
	return {
		name,
		authorizedGrantType,
		...(description === undefined || description === "" ? {} : { description }),
		accessTokenValiditySeconds,
		...(state === "active" ? {} : { state }),
		...(isService ? { roleDivisions: client.roleDivisions } : { scope: client.scope }),
		...(client.registeredRedirectUri.length > 0 ? { registeredRedirectUri: client.registeredRedirectUri } : {}),
	};
}

function otherGrant(settings: Properties, inPlace: boolean): Properties {
	const {
		roleDivisions: _roles,
		scope: _scope,
		registeredRedirectUri: _uris,
		replaceOnGrantTypeChange: _replace,
		detectSecretReset: _detect,
		...others
	} = settings;
	const isService = settings["authorizedGrantType"] === "CLIENT-CREDENTIALS";
	return {
		...others,
		...(isService ? forUsers : forService),
		authorizedGrantType: isService ? "CODE" : "CLIENT-CREDENTIALS",
		...(inPlace ? { replaceOnGrantTypeChange: false } : {}),
	};
}

/** Settings as the resource of a place takes them. */
export function asOf(slot: Slot, settings: Properties): Properties {
	const { state, secretRotation, rotation = { rotateWhenChanged: { turn: 0 } }, ...others } = settings;
	if (isPair(slot)) return { ...others, rotation };
	return { ...others, ...(state !== undefined && { state }), ...(secretRotation !== undefined && { secretRotation }) };
}

/** What an adoption must know. */
export interface AdoptableClients {
	/** Makes a client by hand, of a grant and a name, and returns its id. */
	makeStranger: (settings: Properties) => string;
	/** The client that a slot's resource has in state. */
	clientIn: (slot: Slot) => string | undefined;
}

function adopt(
	program: Program,
	{ slot, from, handOver, rotateSecret }: Extract<Step, { do: "adopt" }>,
	{ makeStranger, clientIn }: AdoptableClients,
): boolean {
	if (from === slot) return false;
	const place = program.get(slot) ?? declaredAs(slot, {});
	if (from === "stranger") {
		const { adopt: _, ...own } = place.settings;
		const settings =
			Object.keys(own).length > 0
				? own
				: { name: `By hand ${slot}`, authorizedGrantType: "CLIENT-CREDENTIALS", ...forService };
		const one = () => ({ clientId: makeStranger(settings), rotateSecret });
		const adopts = isPair(slot) ? { a: one(), ...(handOver && { b: one() }) } : one();
		program.set(slot, { ...place, settings: asOf(slot, { ...settings, adopt: adopts }) });
		return true;
	}
	const other = program.get(from);
	const clientId = clientIn(from);
	if (other === undefined || clientId === undefined) return false;
	// A copy of what has adopted has the same arguments.
	const copied = other.settings["adopt"];
	const isCopy = !handOver && (copied as { clientId?: string } | undefined)?.clientId === clientId;
	const adopts = isCopy ? copied : { clientId, rotateSecret };
	program.set(slot, {
		...place,
		settings: asOf(slot, { ...other.settings, adopt: isPair(slot) ? { a: adopts } : adopts }),
	});
	if (handOver) program.delete(from);
	return true;
}

/**
 * Changes the program by a step.
 *
 * @returns false if the step has nothing to change
 */
export function changeProgram(program: Program, step: Step, adoptable: AdoptableClients): boolean {
	if (!("slot" in step)) return false;
	const { slot } = step;
	const client = program.get(slot);
	if (step.do === "adopt") return adopt(program, step, adoptable);
	if (step.do === "declare") {
		if (client !== undefined) return false;
		program.set(slot, declaredAs(slot, step.settings));
		return true;
	}
	if (client === undefined) return false;
	const change = (settings: Properties) => program.set(slot, { ...client, settings });
	switch (step.do) {
		case "edit": {
			const isService = client.settings["authorizedGrantType"] === "CLIENT-CREDENTIALS";
			const { roleDivisions, scope, state, ...others } = step.change;
			const fitting = {
				...others,
				...(state !== undefined && !isPair(slot) ? { state } : {}),
				...(isService && roleDivisions !== undefined ? { roleDivisions } : {}),
				...(!isService && scope !== undefined ? { scope } : {}),
			};
			if (Object.keys(fitting).length === 0) return false;
			change({ ...client.settings, ...fitting });
			return true;
		}
		case "change grant":
			change(otherGrant(client.settings, step.inPlace));
			return true;
		case "rotate":
			change({
				...client.settings,
				[isPair(slot) ? "rotation" : "secretRotation"]: { rotateWhenChanged: { turn: step.turn } },
			});
			return true;
		case "option":
			program.set(slot, { ...client, options: { ...client.options, [step.option]: step.value } });
			return true;
		case "credential":
			program.set(slot, { ...client, hasCredential: step.exists });
			return true;
		case "remove":
			return program.delete(slot);
		case "rename": {
			const [, number = "1"] = /(\d+)$/.exec(client.name) ?? [];
			const name = `${slot}${Number(number) + 1}`;
			const formerNames = step.alias ? [...client.formerNames, client.name] : [];
			program.set(slot, { ...client, name, formerNames });
			return true;
		}
		default:
			return false;
	}
}
