import type { Deadline } from "../../../provider/api/deadline";
import { startRun } from "./lifecycle-run";
import type { SimulatedApi } from "./simulated-api";

/** Another run on the same organization, whose time is up when the test says so. */
export function startHurriedRun(simulated: SimulatedApi) {
	const [controller, later] = [new AbortController(), new AbortController()];
	const deadline: Deadline = { signal: controller.signal, source: "the time that the test gives" };
	const afterwards: Deadline = { signal: later.signal, source: "the time after it" };
	return {
		...startRun(simulated, { deadlineIn: (_seconds, source) => (source.includes("plus") ? afterwards : deadline) }),
		/** Ends the time of whatever is under way, and of all that comes. */
		endTime: () => controller.abort(),
		/** Ends also the time that is given to finish what has an unknown outcome. */
		endLater: () => later.abort(),
	};
}
