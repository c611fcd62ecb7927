import type { Deadline } from "../../../provider/api/deadline";
import { create } from "../../../provider/lifecycle/create";
import { deleteClient } from "../../../provider/lifecycle/delete";
import type { TimeoutsInput } from "../../../provider/lifecycle/option-inputs";
import { read } from "../../../provider/lifecycle/read";
import { Session } from "../../../provider/lifecycle/session";
import type { Settings } from "../../../provider/lifecycle/settings";
import { update } from "../../../provider/lifecycle/update";
import { inputsOf } from "./lifecycle-run";
import type { SimulatedApi } from "./simulated-api";
import { environmentFor } from "./simulator-connection";

/** Another run on the same organization, whose time is up when the test says so. */
export function startHurriedRun({ ourClock, simulator }: SimulatedApi) {
	const controller = new AbortController();
	const { signal } = controller;
	const passed = new Promise<void>((resolve) => {
		signal.addEventListener("abort", () => resolve(), { once: true });
	});
	const deadline: Deadline = { signal, passed, source: "the time that the test gives" };
	const session = new Session({ clock: ourClock, environment: environmentFor(simulator), say: () => undefined });
	const context = (settings: Settings, operation: keyof TimeoutsInput) => {
		const usual = session.context(settings, operation);
		return { ...usual, deadline, api: usual.apiAfterDeadline.until(deadline) };
	};
	return {
		/** Ends the time of whatever is under way, and of all that comes. */
		endTime: () => controller.abort(),
		create: async (program: Settings) => create(context(program, "create"), inputsOf(program)),
		read: async (id: string, props: Settings) => read(context(props, "read"), id, props),
		update: async (id: string, olds: Settings, program: Settings) =>
			update(context(program, "update"), id, olds, inputsOf(program)),
		delete: async (id: string, props: Settings) => deleteClient(context(props, "delete"), id, props),
	};
}
