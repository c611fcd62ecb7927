import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import { described, type Trial } from "../trial";
import { credentialsOf, textOf } from "./answer-fields";
import { firstLogin } from "./first-login";

/** Reads that need a permission each. */
const guarded = [
	"/api/v2/oauth/authorizations",
	"/api/v2/oauth/clients",
	"/api/v2/authorization/roles",
	"/api/v2/integrations/credentials",
];

/** What a client's tokens may do, how often, and how long. It waits until one has expired: five minutes. */
export const tokens: Part = {
	name: "tokens, until one has expired (5 minutes)",
	tries: ["A29", "A30", "A31", "A34", "A36"],
	async run(trial) {
		const client = credentialsOf(trial.fine(await trial.makeClient("tokens"), "the creation of a client"));
		const first = await firstLogin(trial, client);
		const since = trial.clock.now();
		const token = textOf(first.body["access_token"]);
		await tryRate(trial, token, textOf((await trial.logIn(client)).body["access_token"]));
		await tryRefusals(trial, token);
		const lifetime = Number(first.body["expires_in"] ?? 300);
		await trial.wait(since + (lifetime + 5) * 1000 - trial.clock.now());
		const expired = await trial.call("GET", "/api/v2/tokens/me", { token });
		trial.check("A30", expired.status === 401 && expired.code === "bad.credentials", described(expired), expired);
	},
};

const reading = ({ headers }: Answer, name: string) => Number(headers[`inin-ratelimit-${name}`] ?? NaN);

async function tryRate(trial: Trial, token: string, other: string): Promise<void> {
	const ask = async (used: string) => trial.call("GET", "/api/v2/tokens/me", { token: used });
	const answers = [await ask(token), await ask(token), await ask(token), await ask(other)];
	const [one] = answers as [Answer];
	const reset = reading(one, "reset");
	trial.check("A31", reset >= 0 && reset <= 60, `inin-ratelimit-reset of a new token: ${reset} s`, one);
	const counts = answers.map((answer) => reading(answer, "count"));
	const allowed = answers.map((answer) => reading(answer, "allowed"));
	const isEach = counts.join(" ") === "1 2 3 1" && allowed.every((number) => number === 300);
	trial.check(
		"A29",
		isEach,
		`three calls with one token, then one with another: ${counts.join(", ")} of ${allowed[0]}`,
		answers[3],
	);
}

async function tryRefusals(trial: Trial, token: string): Promise<void> {
	const unknown = `/api/v2/oauth/clients/${trial.unknownId()}`;
	let refused: Answer | undefined;
	for (const path of guarded) {
		const answer = await trial.call("GET", path, { token });
		if (!isFine(answer)) refused ??= answer;
	}
	if (refused === undefined)
		trial.untried(
			"A34",
			"the login's first role has each permission that is tried: give its client one with none first",
		);
	else
		// Its answer isn't handed on: a 403 shows nothing of other assumptions, but all of this one.
		trial.check("A34", refused.status === 403 && refused.code === "missing.any.permissions", described(refused));
	const answers = [
		await trial.call("GET", unknown, { token: "invalid" }),
		...(refused === undefined ? [] : [await trial.call("PUT", unknown, { json: [], token })]),
		await trial.call("PUT", unknown, { json: [] }),
		await trial.call("PUT", unknown, { json: {} }),
	];
	const assumed = [401, ...(refused === undefined ? [] : [403]), 400, 404];
	const isSo = answers.every(({ status }, index) => status === assumed[index]);
	trial.check(
		"A36",
		isSo,
		`token, permission, body, client: ${answers.map((answer) => described(answer)).join(" · ")}`,
		answers.at(-1),
	);
}
