import type { Simulator } from "../../../simulator";
import type { FaultKind } from "../../api/support/simulated-api";

/** A call that a path makes: the so-manieth of its kind in the run. */
export interface Call {
	method: string;
	/** The path template. */
	template: string;
	/** How many calls of this method and template came before it in the same run. */
	skip: number;
}

/** How often a fault strikes: one answer, or all answers to that call and those like it after it. */
export type Duration = "once" | "always";

/** Something that goes wrong with a call. */
export interface FaultOfCall {
	/** In words. */
	name: string;
	/** How often it can strike. */
	durations: Duration[];
	/** What an error must say of it. */
	says: RegExp;
	/** Whether it makes sense for a call. */
	fits: (call: Call) => boolean;
	/** Makes it happen to a call that is to come; `kill` ends the provider at once. */
	plant: (simulator: Simulator, call: Call, duration: Duration, kill: () => void) => void;
}

const tokenPath = "/oauth/token";
const isLogin = ({ template }: Call) => template === tokenPath;
const both: Duration[] = ["once", "always"];

const answered = (
	name: string,
	says: RegExp,
	fault: FaultKind,
	fits: FaultOfCall["fits"] = () => true,
): FaultOfCall => ({
	name,
	durations: both,
	says,
	fits,
	plant: (simulator, { method, template, skip }, duration) =>
		simulator.faults.add({ method, path: template, skip, times: duration === "once" ? 1 : "always", ...fault }),
});

/** Lets something happen to the organization at the moment when a call arrives. */
function happensAt(simulator: Simulator, { method, template, skip }: Call, strike: (path: string) => void): void {
	simulator.faults.add({ kind: "hang", method, path: template, skip });
	// A history has made such calls before.
	const nth = simulator.requests.count({ method, template }) + skip;
	void (async () => {
		await simulator.requests.whenReceived({ method, template }, nth + 1);
		const arrived = simulator.requests.filter({ method, template })[nth];
		strike(arrived?.path ?? "");
		simulator.faults.release();
	})();
}

/** How often what was to happen has been called off, by organization. */
const calledOff = new WeakMap<Simulator, number>();

/** Calls off what was to happen at calls that haven't come. */
export function callOff(simulator: Simulator): void {
	calledOff.set(simulator, (calledOff.get(simulator) ?? 0) + 1);
}

const happened = (
	name: string,
	says: RegExp,
	fits: FaultOfCall["fits"],
	strike: (simulator: Simulator, path: string) => void,
): FaultOfCall => ({
	name,
	// It lasts until somebody undoes it.
	durations: ["always"],
	says,
	fits,
	plant: (simulator, call) => {
		const season = calledOff.get(simulator);
		happensAt(simulator, call, (path) => {
			if (calledOff.get(simulator) === season) strike(simulator, path);
		});
	},
});

/** The client that a path names, if it is still there; the only one there is where the path names none. */
function clientAt(simulator: Simulator, path: string): string | undefined {
	const [, id] = /\/clients\/([\w-]{36})/.exec(path) ?? [];
	const { organization } = simulator;
	return id === undefined ? organization.clients()[0]?.id : organization.client(id)?.id;
}

const noAnswer = /no response from [\w.:]+( in time)? \(\w+\)|isn't the expected JSON/;
const unreadable = /the response isn't the expected JSON/;
const refusedToken = /401 bad\.credentials|invalid_client/;

/** Of a fault that ends the run at its first answer, or that lasting is like another, nothing is learned twice. */
const onlyOnce = (fault: FaultOfCall): FaultOfCall => ({ ...fault, durations: ["once"] });

/** Every fault that the matrix tries. */
export const faultsOfCalls: FaultOfCall[] = [
	answered("429", /429/, { kind: "status", status: 429 }),
	answered("429 with Retry-After", /429/, { kind: "status", status: 429, retryAfterSeconds: 1 }),
	onlyOnce(
		answered("429 with a Retry-After of an hour", /429/, { kind: "status", status: 429, retryAfterSeconds: 3600 }),
	),
	answered("the login's own throttling, a 400", /400 invalid_request/, { kind: "status", status: 400 }, isLogin),
	answered("500", /500/, { kind: "status", status: 500 }),
	answered("503", /503/, { kind: "status", status: 503 }),
	answered("504", /504/, { kind: "status", status: 504 }),
	answered("500 after it acted", /500/, { kind: "status", status: 500, when: "after" }),
	answered("504 after it acted", /504/, { kind: "status", status: 504, when: "after" }),
	answered("cut before it acts", noAnswer, { kind: "cut" }),
	answered("cut after it acted", noAnswer, { kind: "cut", when: "after" }),
	answered("slower than the timeout, it has acted", noAnswer, { kind: "hang", when: "after", untilGivenUp: true }),
	onlyOnce(
		// A new secret may end the one of the next attempt.
		answered(
			"slower than the timeout, it acts when nobody waits",
			new RegExp(`${noAnswer.source}|login rejected the new secret`),
			{ kind: "hang", untilGivenUp: true },
		),
	),
	answered(
		"slower than the timeout, it acts when the run is over",
		noAnswer,
		{ kind: "hang" },
		({ method, template }) => method === "POST" && template === "/api/v2/oauth/clients",
	),
	answered("broken JSON", unreadable, { kind: "malformed", when: "after" }),
	answered("a page with 200, it has acted", unreadable, { kind: "html", status: 200, when: "after" }),
	answered("a page with 502", /502/, { kind: "html", status: 502 }),
	onlyOnce(answered("a page with 404", /404/, { kind: "html", status: 404 })),
	onlyOnce(answered("403", /403/, { kind: "status", status: 403 })),
	answered("404", /404|no OAuth client (has|with) the id/, { kind: "status", status: 404 }),
	{
		name: "the token is no longer taken",
		durations: both,
		says: refusedToken,
		fits: (call) => !isLogin(call),
		plant: (simulator, call, duration) => {
			const { method, template, skip } = call;
			if (duration === "once") happensAt(simulator, call, () => simulator.organization.revokeTokens());
			else simulator.faults.add({ kind: "status", status: 401, method, path: template, skip, times: "always" });
		},
	},
	happened(
		"Pulumi's own client is disabled",
		refusedToken,
		() => true,
		({ organization, administrator }) => organization.disableClient(administrator.clientId),
	),
	happened(
		"the managed client is disabled",
		/disabled|invalid_client|login rejected the new secret|cannot\.delete\.client/,
		({ template, skip }) => template.includes("{clientId}") || (template === tokenPath && skip > 0),
		(simulator, path) => {
			const id = clientAt(simulator, path);
			if (id !== undefined) simulator.organization.disableClient(id);
		},
	),
];

const killed = (name: string, fault: FaultKind, fits: FaultOfCall["fits"] = () => true): FaultOfCall => ({
	name,
	durations: ["once"],
	says: /^/,
	fits,
	plant: (simulator, { method, template, skip }, _duration, kill) => {
		const season = calledOff.get(simulator);
		simulator.faults.add({ method, path: template, skip, ...fault });
		void (async () => {
			await simulator.requests.whenReceived({ method, template }, skip + 1);
			if (calledOff.get(simulator) === season) kill();
		})();
	},
});

/** The provider's ends, at any call. */
export const killsOfProvider: FaultOfCall[] = [
	killed("the provider is killed, the call has acted", { kind: "hang", when: "after" }),
	killed("the provider is killed, the call acts later", { kind: "hang" }, ({ method }) => method === "POST"),
];
