import { ConfigurationError, isNotFoundError } from "../api/errors";
import type { LifecycleContext } from "./context";
import type { AdoptionContext } from "./oauth-client/describe-adoption";
import type { CheckFailure } from "./check-arguments";
import type { ConnectionInput } from "./shared-inputs";
import { type LoginEnd, requireOtherLogin } from "./oauth-client/own-login";
import { presentable, withoutValue } from "./presentable-errors";
import { secretInputHider } from "./hide-secret-inputs";
import { lacksProvider } from "./lacks-provider";
import type { ResourceKind } from "./resource-kind";
import type { RunRegistry } from "./run-registry";
import type { Session } from "./session";
import { adoptionIdOf } from "./oauth-client/state";
import { type Properties, hasUnknown } from "./properties";

/** The effect of a program's change on a resource. */
export interface Diff {
	/** Whether anything changes; always set, so that Pulumi never compares the serialized provider itself. */
	changes: boolean;
	/** The arguments that differ. */
	changed: string[];
	/** Whether more changes than arguments: a secret is due, or an earlier run left work. */
	hasOtherWork: boolean;
	/** The arguments that require a replacement. */
	replaces: string[];
	/** Always false: the new one is created before the old one is deleted. */
	deleteBeforeReplace: boolean;
	/** What the user should know beyond the changed arguments. */
	notices: string[];
	/** How it ends the login with a client; undefined if it doesn't. */
	loginEnd?: LoginEnd | undefined;
}

/** What happens to a kind of resources, without what is the same for all of them. */
interface Steps<Outputs, Read> {
	kind: ResourceKind;
	/** What this run knows about them. */
	run: RunRegistry;
	check: (news: Properties) => { inputs: Properties; failures: CheckFailure[] };
	/** @param now milliseconds since 1970 */
	diff: (olds: Properties, news: Properties, now: number) => Diff;
	/** @param managed the one in state; undefined for a new resource or a replacement */
	reconcile: (
		context: LifecycleContext,
		inputs: Properties,
		managed?: { id: string; olds: Properties },
	) => Promise<{ id: string; outs: Outputs }>;
	/** The outputs that it will have, for a preview; makes no call. */
	preview: (inputs: Properties, now: number, olds?: Properties) => Properties;
	/** What an adoption will do, for a preview. */
	describeAdoption: (context: AdoptionContext, inputs: Properties) => Promise<string>;
	read: (context: LifecycleContext, id: string, props: Properties) => Promise<Read>;
	/** The arguments for what was read. */
	toInputs: (outputs: Properties) => Properties;
	remove: (context: LifecycleContext, id: string, props: Properties) => Promise<void>;
	/** Refuses a deletion. */
	guard: (context: LifecycleContext, id: string, props: Properties) => Promise<void>;
	/** Whether the outputs in state have a guard. */
	isGuarded: (olds: Properties) => boolean;
}

/** Runs an operation and turns its error into one that Pulumi shows well. */
async function shown<T>(action: string, settings: Properties, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw presentable(action, error, secretInputHider(settings));
	}
}

/** What a preview needs the login for; undefined without credentials, which `pulumi up` will miss. */
function whereConfigured<T>(connect: () => T): T | undefined {
	try {
		return connect();
	} catch (error) {
		if (error instanceof ConfigurationError) return undefined;
		throw error;
	}
}

/** The operations on a kind of resources, as Pulumi calls them. */
export function operationsOf<Outputs, Read>(session: Session, steps: Steps<Outputs, Read>) {
	const { run, kind } = steps;
	const { label } = kind;
	/**
	 * What is missing in the connection of what the program declares. What the usual connection lacks is a warning, if there is work to do:
	 * without changes a run makes no call.
	 */
	const faultsOf = ({ connection }: Properties, hasWork: boolean): string[] => {
		if (connection !== undefined) return hasUnknown(connection) ? [] : session.faultsOf(connection as ConnectionInput);
		if (hasWork) session.warnOfFaults();
		return [];
	};
	return {
		/** Validates the program's arguments, without an API call. */
		check: async (olds: Properties, news: Properties) => {
			return shown(`checking ${kind.aThing}`, news, () => {
				const { inputs, failures } = steps.check(news);
				run.declare(inputs);
				// Pulumi checks the inputs of a replacement again: its adoption is over.
				if (inputs["adopt"] !== undefined && run.isCompared(inputs)) inputs["adoption"] = "done";
				const faults = failures.length > 0 ? [] : faultsOf(inputs, Object.keys(olds).length === 0);
				return {
					inputs,
					failures: [...failures.map(withoutValue), ...faults.map((reason) => ({ property: "", reason }))],
				};
			});
		},

		/** Returns whether a resource changes, and whether it must be replaced. */
		diff: async (id: string, olds: Properties, news: Properties) => {
			run.add(id);
			const { notices, loginEnd, ...result } = steps.diff(olds, news, session.now());
			if (lacksProvider(olds, news)) Object.assign(result, { changes: true, hasOtherWork: true });
			const hide = secretInputHider(news);
			for (const notice of notices) session.notice(hide(notice));
			// A refresh calls diff only to show what it found.
			if (!run.isDeclared(news)) return result;
			if (result.changes) faultsOf(news, true);
			// Unless the replacement adopts another one.
			if (!result.replaces.includes("adopt")) run.compare(news);
			// A replaced resource releases what it manages: another resource may have adopted that in this run.
			const isReleased = result.replaces.length > 0 && run.isHeldByAnother(id, adoptionIdOf(olds));
			if (!isReleased) await shown(`comparing ${label(news, id)}`, news, () => run.hold(id, adoptionIdOf(olds)));
			// Refused in the preview, not after a part of it is done.
			if (loginEnd !== undefined && !isReleased) {
				await shown(`comparing ${label(news, id)}`, news, async () => {
					const settings = result.replaces.length > 0 ? olds : news;
					const context = whereConfigured(() => session.context(settings, "update", run));
					if (context !== undefined) await requireOtherLogin(context, id, news, loginEnd);
				});
			}
			// A replacement ends with a delete: refuse it in the preview, not after the new one is created.
			if (result.replaces.length > 0 && steps.isGuarded(olds)) {
				await shown(`replacing ${label(olds, id)}`, olds, async () =>
					steps.guard(session.context(olds, "delete", run), id, olds).catch((error: unknown) => {
						// What is deleted already needs no deletion.
						if (!isNotFoundError(error)) throw error;
					}),
				);
			}
			return result;
		},

		/** Creates or adopts a resource. */
		create: async (inputs: Properties, customSeconds?: number) => {
			return shown(`creating ${label(inputs)}`, inputs, async () =>
				steps.reconcile(session.context(inputs, "create", run, customSeconds), inputs),
			);
		},

		/**
		 * Foretells a create, or an update of what is in state, for a preview. Says which one an adoption will take, with the calls that find it.
		 *
		 * @returns the outputs, with unknown values
		 */
		preview: async (inputs: Properties, managed?: { id: string; olds: Properties }) => {
			const isAdopting = managed === undefined && inputs["adopt"] !== undefined && inputs["adoption"] !== "done";
			if (isAdopting && !hasUnknown(inputs)) {
				await shown(`previewing the adoption of ${label(inputs)}`, inputs, async () => {
					const context = session.context(inputs, "create", run);
					context.notice(await steps.describeAdoption(context, inputs));
				});
			}
			return steps.preview(inputs, session.now(), managed?.olds);
		},

		/** The arguments for outputs that were read, to import what isn't in the program yet. */
		toInputs: steps.toInputs,

		/** Reads a resource. */
		read: async (id: string, props: Properties = {}) => {
			return shown(`reading ${label({}, "")} ${id}`, props, async () =>
				steps.read(session.context(props, "read", run), id, props),
			);
		},

		/** Updates a resource in place. */
		update: async (id: string, olds: Properties, news: Properties, customSeconds?: number) => {
			const { outs } = await shown(`updating ${label(news, id)}`, news, async () =>
				steps.reconcile(session.context(news, "update", run, customSeconds), news, { id, olds }),
			);
			return { outs };
		},

		/** Deletes a resource. */
		delete: async (id: string, props: Properties = {}, customSeconds?: number) => {
			return shown(`deleting ${label(props, id)}`, props, async () =>
				steps.remove(session.context(props, "delete", run, customSeconds), id, props),
			);
		},
	};
}
