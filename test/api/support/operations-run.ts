import { createLifecycle } from "../../../provider/lifecycle/create-lifecycle";
import type { Operations } from "../../../provider/lifecycle/operations";
import type { Properties } from "../../../provider/lifecycle/properties";
import { withoutValue } from "../../../provider/lifecycle/presentable-errors";
import { ownerOf, type RunOptions } from "./lifecycle-run";
import type { SimulatedApi } from "./simulated-api";
import { environmentFor } from "./simulator-connection";

/** What state has of a resource. */
interface Entry {
	id: string;
	outs: Properties;
}

/** A run of Pulumi in a process of its own, whose calls say which resource they are about. */
export function startOperations(
	{ simulator, ourClock }: Pick<SimulatedApi, "simulator" | "ourClock">,
	{
		environment = {},
		readEntries,
		cancelled,
	}: Pick<RunOptions, "environment" | "readEntries"> & { /** Cancels the run. */ cancelled?: AbortSignal } = {},
) {
	const notices: string[] = [];
	const lifecycle = createLifecycle({
		clock: ourClock,
		environment: { ...environmentFor(simulator), ...environment },
		say: (line) => notices.push(line),
		...(readEntries !== undefined && { readEntries }),
		...(cancelled !== undefined && { cancelled }),
	});
	return {
		...lifecycle,
		notices,
		client: (name: string) => resourceOf(lifecycle.oauthClient, ownerOf(name)),
		pair: (name: string) => resourceOf(lifecycle.rotatingOAuthClient, ownerOf(name, "RotatingOAuthClient")),
		credential: (name: string) => resourceOf(lifecycle.integrationCredential, ownerOf(name, "IntegrationCredential")),
	};
}

/** The steps that Pulumi takes on a resource. */
export type Resource = ReturnType<typeof resourceOf>;

function resourceOf(operations: Operations, owner: string) {
	/** @param olds the inputs in state; none for what is created */
	const check = async (program: Properties, olds: Properties = {}) => {
		const { inputs, failures, adopts } = await operations.check(owner, olds, program);
		if (failures.length > 0) throw new Error(failures.map((failure) => withoutValue(failure).reason).join("; "));
		return { inputs, adopts };
	};
	const compare = async (program: Properties, { id, outs }: Entry) => {
		const { inputs } = await check(program, { name: "in state" });
		return { inputs, ...(await operations.diff(owner, id, outs, inputs)) };
	};
	const make = async (inputs: Properties): Promise<Entry> => {
		const { id, outs } = await operations.create(owner, inputs);
		return { id, outs: { ...outs } };
	};
	return {
		owner,
		check,
		/** What `pulumi preview` asks about what is in state. */
		compare,
		/** What `pulumi preview` asks about a new resource. */
		previewNew: async (program: Properties) => operations.preview(owner, (await check(program)).inputs),
		/** What a preview asks about an update, whatever a comparison would have said. */
		previewUpdate: async (program: Properties, { id, outs }: Entry) =>
			operations.preview(owner, (await check(program, outs)).inputs, { id, olds: outs }),
		/** A new resource, or a replacement that the user forces, of which Pulumi says no more than of a new one. */
		create: async (program: Properties) => make((await check(program)).inputs),
		/** `pulumi up` of what is in state, but for the deletion of what was replaced. */
		up: async (program: Properties, entry: Entry): Promise<Entry> => {
			const { inputs, changes, replaces } = await compare(program, entry);
			if (replaces.length > 0) return make((await check(program)).inputs);
			if (!changes) return entry;
			const { outs } = await operations.update(owner, { id: entry.id, olds: entry.outs }, inputs);
			return { id: entry.id, outs: { ...outs } };
		},
		/** An update, whatever a comparison would have said. */
		update: async (program: Properties, { id, outs }: Entry) =>
			operations.update(owner, { id, olds: outs }, (await check(program, outs)).inputs),
		refresh: async ({ id, outs }: Entry): Promise<Entry> => {
			const read = await operations.read(owner, id, outs);
			return { id: read.id, outs: { ...read.props } };
		},
		delete: async ({ id, outs }: Entry) => operations.delete(owner, id, outs),
	};
}
