import { randomUUID } from "node:crypto";
import { ConfigurationError, GenesysCloudError, isNotFoundError } from "../api/errors";
import type { ForetoldAdoption } from "./adoption";
import type { CheckFailure } from "./check-arguments";
import type { LifecycleContext, Occasion } from "./context";
import { type Hide, secretInputHider } from "./hide-secret-inputs";
import { presentable, reasonOf } from "./presentable-errors";
import { hasUnknown, type Properties, sameJson } from "./properties";
import type { Words } from "./resource-kind";
import type { RunRegistry } from "./run-registry";
import { withoutSecretParts } from "./secret-parts";
import type { Session } from "./session";
import type { ConnectionInput } from "./shared-inputs";

/** The effect of a program's change on a resource. */
interface Diff {
	/** Whether anything changes. */
	changes: boolean;
	/** The arguments that differ. */
	changed: string[];
	/** Whether more changes than arguments: a secret is due, or an earlier run left work. */
	hasOtherWork: boolean;
	/** The arguments that require a replacement. */
	replaces: string[];
}

/** What comparing a resource leads to: its effect, and what Pulumi isn't told of it. */
export interface Comparison extends Diff {
	/** What the user should know beyond the changed arguments. */
	notices: string[];
	/** Refuses the change, in the preview already and before anything is done. */
	refuse?: ((context: LifecycleContext) => Promise<void>) | undefined;
}

/** Something that exists as declared. */
export interface Reconciled {
	id: string;
	outs: object;
}

/** The result of reading a resource; an empty id if it was deleted. */
export interface Read {
	id: string;
	props?: object;
	/** The new inputs in state; undefined if the current ones are still right. */
	inputs?: Properties;
	/** Whether state had nothing of it: an import, or a program that only reads it. */
	isNew?: boolean;
}

/** What state holds of a resource: its id and its outputs. */
export interface Managed {
	id: string;
	olds: Properties;
}

/** The operations on a kind of resources, for both fronts. `owner` is always the URN of the resource that the call is about. */
export interface Operations {
	/** Validates the program's arguments, without an API call. */
	check: (
		owner: string,
		olds: Properties,
		news: Properties,
	) => Promise<{ inputs: Properties; failures: CheckFailure[]; adopts: boolean }>;
	/** Returns whether a resource changes, and whether it must be replaced. */
	diff: (owner: string, id: string, olds: Properties, news: Properties) => Promise<Diff>;
	/** Foretells the outputs of a create, or of an update of what is in state. Says which one an adoption will take, with the calls that find it. */
	preview: (owner: string, inputs: Properties, managed?: Managed) => Promise<Properties>;
	/** Creates or adopts a resource. `seconds` are Pulumi's `customTimeouts`. */
	create: (owner: string, inputs: Properties, seconds?: number) => Promise<Reconciled>;
	/** Reads a resource. */
	read: (owner: string, id: string, props: Properties) => Promise<Read>;
	/** Updates a resource in place. */
	update: (owner: string, managed: Managed, news: Properties, seconds?: number) => Promise<{ outs: object }>;
	/** Deletes a resource. */
	delete: (owner: string, id: string, props: Properties, seconds?: number) => Promise<void>;
	/** The arguments for outputs that were read, to import what isn't in the program yet. */
	toInputs: (outputs: Properties) => Properties;
}

/** What happens to a kind of resources, without what is the same for all of them. */
interface Steps {
	kind: Words;
	/** What this run knows about the kind of what a resource consists of. */
	run: RunRegistry;
	/** What a resource in state consists of, in the order of its deletion: each with its id and what state has of it. @default itself */
	partsOf?: (id: string, olds: Properties) => Managed[];
	/** The adoptions that a program declares, as far as known. @default `adopt` */
	adoptionsIn?: (inputs: Properties) => unknown[];
	check: (news: Properties) => { inputs: Properties; failures: CheckFailure[] };
	/** What is accepted, and probably a mistake: the ends of sentences about the resource. @default nothing */
	advise?: (inputs: Properties) => string[];
	diff: (id: string, olds: Properties, news: Properties, occasion: Occasion) => Comparison;
	/** @param managed the one in state; undefined for a new resource or a replacement */
	reconcile: (context: LifecycleContext, inputs: Properties, managed?: Managed) => Promise<Reconciled>;
	/** The outputs that it will have, for a preview; makes no call. */
	preview: (inputs: Properties, occasion: Occasion, olds?: Properties) => Properties;
	/** What each adoption will do, for a preview. */
	describeAdoptions: (context: LifecycleContext, inputs: Properties) => Promise<ForetoldAdoption[]>;
	read: (context: LifecycleContext, id: string, props: Properties) => Promise<Read>;
	toInputs: (outputs: Properties) => Properties;
	/** Refuses a deletion of several parts before the first is deleted. @default nothing is refused */
	requireRemovable?: (context: LifecycleContext, parts: Managed[]) => Promise<void>;
	/** Deletes a part. */
	remove: (context: LifecycleContext, id: string, props: Properties) => Promise<void>;
}

/** Runs an operation and turns its error into one that Pulumi shows well. */
async function shown<T>(action: string, hide: Hide, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw presentable(action, error, hide);
	}
}

/** The operations on a kind of resources, as Pulumi calls them. */
export function operationsOf(session: Session, steps: Steps): Operations {
	const { kind, run, partsOf = (id, olds) => [{ id, olds }], adoptionsIn = ({ adopt }) => [adopt] } = steps;
	const { label } = kind;
	/** The adoptions that are known. */
	const adoptionsOf = (inputs: Properties) =>
		adoptionsIn(inputs)
			.map(withoutSecretParts)
			.flatMap((adopt) =>
				typeof adopt === "object" && adopt !== null && !hasUnknown(adopt) ? [adopt as Properties] : [],
			);
	const about = (owner: string, olds: Properties = {}) => ({ owner, run, olds });
	/** Refuses an update that would have to be a replacement. */
	const requireUpdatable = ({ id, olds }: Managed, news: Properties): void => {
		const { replaces } = steps.diff(id, olds, news, session.occasion());
		if (replaces.length === 0) return;
		throw new GenesysCloudError(
			`a change of ${replaces.join(" and ")} replaces the ${kind.noun}, so it can't be updated: run pulumi up`,
		);
	};
	/**
	 * What is missing in the connection of what the program declares. What the usual connection lacks is a warning, if there is work to do:
	 * without changes a run makes no call.
	 */
	const faultsOf = ({ connection }: Properties, hasWork: boolean): string[] => {
		if (connection !== undefined) return hasUnknown(connection) ? [] : session.faultsOf(connection as ConnectionInput);
		if (hasWork) session.warnOfFaults();
		return [];
	};
	/** Warns of what is probably a mistake, once it is declared: not in each later run. */
	const warnOf = (inputs: Properties, olds: Properties): void => {
		const known = steps.advise?.(olds) ?? [];
		const advice = steps.advise?.(inputs).filter((text) => !known.includes(text)) ?? [];
		for (const text of advice) session.warn(secretInputHider(inputs)(`${label(inputs)} ${text}`));
	};
	return {
		check: async (owner, olds, news) =>
			shown(`checking ${label(news)}`, secretInputHider(news), async () => {
				run.declare(owner);
				const { inputs, failures } = steps.check(news);
				if (failures.length === 0) warnOf(inputs, olds);
				const isNew = Object.keys(olds).length === 0;
				const hide = secretInputHider(inputs);
				const reasons = failures.length > 0 ? [] : faultsOf(inputs, isNew);
				const adoptions = adoptionsOf(inputs);
				const adopts = isNew && adoptions.length > 0 && (await session.mayAdopt(about(owner)));
				try {
					session.announceOrders();
					if (adopts) {
						run.announce(owner, (id, { name, connection }) => {
							const isFound = (adopt: Properties) =>
								adopt[kind.idName] === id || (name !== undefined && adopt["name"] === name);
							return adoptions.some(isFound) && sameJson(connection, inputs["connection"]);
						});
					}
				} catch (error) {
					reasons.push(reasonOf(error));
				}
				const others = reasons.map((reason) => ({ property: "", reason: hide(reason) }));
				return { inputs, failures: [...failures, ...others], adopts };
			}),

		diff: async (owner, id, olds, news) => {
			const parts = partsOf(id, olds);
			for (const part of parts) run.add(owner, part.id);
			const { notices, refuse, ...result } = steps.diff(id, olds, news, session.occasion());
			const hide = secretInputHider(news, olds);
			for (const notice of notices) session.notice(hide(notice));
			// A refresh calls diff only to show what it found.
			if (!run.isDeclared(owner)) return result;
			if (result.changes) faultsOf(news, true);
			const isReplaced = result.replaces.length > 0;
			await shown(`comparing ${label(news, id)}`, hide, async () => {
				if (isReplaced) run.replace(owner, result.replaces.includes("adopt"));
				else for (const part of parts) run.keep(owner, part.id, part.olds);
				if (refuse === undefined || parts.every((part) => run.stays(owner, part.id, part.olds))) return;
				try {
					await refuse(session.context(isReplaced ? olds : news, "update", about(owner, olds)));
				} catch (error) {
					// A preview goes on without credentials, which `pulumi up` will miss. What is deleted already needs no deletion.
					if (!(error instanceof ConfigurationError) && !isNotFoundError(error)) throw error;
				}
			});
			return result;
		},

		preview: async (owner, inputs, managed) => {
			const hide = secretInputHider(inputs, managed?.olds ?? {});
			if (managed === undefined && adoptionsOf(inputs).length > 0 && !hasUnknown(withoutSecretParts(inputs))) {
				await shown(`previewing the adoption of ${label(inputs)}`, hide, async () => {
					const context = session.context(inputs, "create", about(owner));
					if (!(await context.mayAdopt())) return;
					const adoptions = await steps.describeAdoptions(context, inputs);
					for (const { id } of adoptions) run.requireFree(owner, id);
					run.announce(owner, (other) => adoptions.some(({ id }) => id === other));
					for (const { lines } of adoptions) context.notice(...lines);
				});
			}
			if (managed !== undefined) {
				await shown(`updating ${label(inputs, managed.id)}`, hide, () => requireUpdatable(managed, inputs));
			}
			return steps.preview(inputs, session.occasion(), managed?.olds);
		},

		toInputs: steps.toInputs,

		create: async (owner, inputs, seconds) =>
			shown(`creating ${label(inputs)}`, secretInputHider(inputs), async () =>
				steps.reconcile(session.context(inputs, "create", about(owner), seconds), inputs),
			),

		read: async (owner, id, props) =>
			shown(`reading ${kind.thing} ${id}`, secretInputHider(props), async () => {
				const read = await steps.read(session.context(props, "read", about(owner)), id, props);
				if (read.id === "") run.lose(owner);
				if (read.isNew !== true || read.id === id) return read;
				// Pulumi takes another id, such as a name, for another thing: it then deletes the resource's entry from before.
				const adoptionId = randomUUID();
				const outputs: Properties = { ...read.props };
				for (const part of partsOf(read.id, outputs)) {
					run.lookUp(owner, part.id, adoptionId);
					part.olds["adoptionId"] = adoptionId;
				}
				return { ...read, props: outputs };
			}),

		update: async (owner, managed, news, seconds) => {
			const hide = secretInputHider(news, managed.olds);
			return shown(`updating ${label(news, managed.id)}`, hide, async () => {
				requireUpdatable(managed, news);
				const context = session.context(news, "update", about(owner, managed.olds), seconds);
				const { outs } = await steps.reconcile(context, news, managed);
				return { outs };
			});
		},

		delete: async (owner, id, props, seconds) =>
			shown(`deleting ${label(props, id)}`, secretInputHider(props), async () => {
				const context = session.context(props, "delete", about(owner), seconds);
				const parts = Map.groupBy(partsOf(id, props), (part) => run.stays(owner, part.id, part.olds));
				for (const part of parts.get(true) ?? []) {
					context.notice(
						`${run.label(part)} wasn't deleted; only this entry was removed from state: this run adopted it again, or another resource manages it. To replace it with a new ${run.noun}, remove adopt from the program`,
					);
				}
				const going = parts.get(false) ?? [];
				await steps.requireRemovable?.(context, going);
				for (const part of going) await run.once(part.id, async () => steps.remove(context, part.id, part.olds));
			}),
	};
}
