import { isNotFoundError } from "../api/errors";
import type { LifecycleContext } from "./context";
import type { CheckFailure } from "./input-rules";
import { presentable, withoutValue } from "./presentable-errors";
import { secretInputHider } from "./hide-secret-inputs";
import type { ResourceKind } from "./resource-kind";
import type { RunRegistry } from "./run-registry";
import type { Session } from "./session";
import { adoptionIdOf } from "./state/outputs";
import type { Properties } from "./state/settings";

/** The effect of a program's change on a resource. */
export interface Diff {
	/** Whether anything changes; always set, so that Pulumi never compares the serialized provider itself. */
	changes: boolean;
	/** The arguments that require a replacement. */
	replaces: string[];
	/** Always false: the new one is created before the old one is deleted. */
	deleteBeforeReplace: boolean;
	/** What the user should know beyond the changed arguments. */
	notices: string[];
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
	read: (context: LifecycleContext, id: string, props: Properties) => Promise<Read>;
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

/** The operations on a kind of resources, as Pulumi calls them. */
export function operationsOf<Outputs, Read>(session: Session, steps: Steps<Outputs, Read>) {
	const { run, kind } = steps;
	const { label } = kind;
	return {
		/** Validates the program's arguments, without an API call. */
		check: async (_olds: Properties, news: Properties) => {
			return shown(`checking ${kind.aThing}`, news, () => {
				const { inputs, failures } = steps.check(news);
				run.declare(inputs);
				// Pulumi checks the inputs of a replacement again: its adoption is over.
				if (inputs["adopt"] !== undefined && run.isCompared(inputs)) inputs["adoption"] = "done";
				return { inputs, failures: failures.map(withoutValue) };
			});
		},

		/** Returns whether a resource changes, and whether it must be replaced. */
		diff: async (id: string, olds: Properties, news: Properties) => {
			run.add(id);
			const { notices, ...result } = steps.diff(olds, news, session.now());
			const hide = secretInputHider(news);
			for (const notice of notices) session.notice(hide(notice));
			// A refresh calls diff only to show what it found.
			if (!run.isDeclared(news)) return result;
			// Unless the replacement adopts another one.
			if (!result.replaces.includes("adopt")) run.compare(news);
			// A replaced resource releases what it manages: another resource may have adopted that in this run.
			const isReleased = result.replaces.length > 0 && run.isHeldByAnother(id, adoptionIdOf(olds));
			if (!isReleased) await shown(`comparing ${label(news, id)}`, news, () => run.hold(id, adoptionIdOf(olds)));
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
		create: async (inputs: Properties) => {
			return shown(`creating ${label(inputs)}`, inputs, async () =>
				steps.reconcile(session.context(inputs, "create", run), inputs),
			);
		},

		/** Reads a resource. */
		read: async (id: string, props: Properties = {}) => {
			return shown(`reading ${label({}, "")} ${id}`, props, async () =>
				steps.read(session.context(props, "read", run), id, props),
			);
		},

		/** Updates a resource in place. */
		update: async (id: string, olds: Properties, news: Properties) => {
			const { outs } = await shown(`updating ${label(news, id)}`, news, async () =>
				steps.reconcile(session.context(news, "update", run), news, { id, olds }),
			);
			return { outs };
		},

		/** Deletes a resource. */
		delete: async (id: string, props: Properties = {}) => {
			return shown(`deleting ${label(props, id)}`, props, async () =>
				steps.remove(session.context(props, "delete", run), id, props),
			);
		},
	};
}
