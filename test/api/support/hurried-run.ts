import type { Deadline } from "../../../provider/api/deadline";
import { startRun } from "./lifecycle-run";
import type { SimulatedApi } from "./simulated-api";

/** Another run on the same organization, whose time is up when the test says so. */
export function startHurriedRun(simulated: SimulatedApi) {
	const controller = new AbortController();
	const deadline: Deadline = { signal: controller.signal, source: "the time that the test gives" };
	return {
		...startRun(simulated, { deadlineIn: () => deadline }),
		/** Ends the time of whatever is under way, and of all that comes. */
		endTime: () => controller.abort(),
	};
}
