import { isFine } from "../exchange";
import type { Part } from "../part";
import { described, type Trial } from "../trial";
import { credentialsOf, textOf } from "./answer-fields";
import { firstLogin } from "./first-login";
import { saidBy, wrong } from "./refused-logins";

/** When to look, in seconds. */
const looks = [0, 1, 5, 10, 20, 30];

/** What becomes of an inactive client, then of a deleted one: its logins, its tokens, itself. */
export const inactiveClient: Part = {
	name: "an inactive and deleted client",
	tries: ["A2", "A12", "A14", "A15", "A16", "A19", "A20", "A25", "A26"],
	async run(trial) {
		const settings = trial.clientSettings("inactive");
		const made = trial.fine(
			await trial.call("POST", "/api/v2/oauth/clients", { json: settings }),
			"the creation of a client",
		);
		const client = credentialsOf(made);
		const path = `/api/v2/oauth/clients/${client.id}`;
		const token = textOf((await firstLogin(trial, client)).body["access_token"]);
		await tryInactive(trial, { client, path, token, settings });
		await tryDeleted(trial, { path, token });
	},
};

async function tryInactive(
	trial: Trial,
	{
		client,
		path,
		token,
		settings,
	}: { client: { id: string; secret: string }; path: string; token: string; settings: object },
): Promise<void> {
	const wrongOfActive = await trial.logIn({ ...client, secret: wrong(client.secret) });
	const put = await trial.call("PUT", path, { json: { ...settings, state: "inactive" } });
	trial.fine(put, "setting a client to inactive");
	let refused = await trial.logIn(client);
	const seconds = await trial.secondsUntil(looks, async () => {
		if (isFine(refused)) refused = await trial.logIn(client);
		return !isFine(refused);
	});
	const said = `${described(refused)}${seconds === undefined ? `, for ${looks.at(-1)} s` : ` after ${seconds} s`}`;
	trial.check("A25", refused.code === "invalid_client", `inactive: ${said}; no run can disable one`, refused);

	const wrongOfInactive = await trial.logIn({ ...client, secret: wrong(client.secret) });
	const otherType = await trial.logIn(client, { grant_type: "password" });
	const isWrong = wrongOfActive.code === "invalid_client" && /^(authentication failed)?$/i.test(saidBy(wrongOfActive));
	const isTold = refused.code !== "invalid_client" || saidBy(refused) !== saidBy(wrongOfActive);
	trial.check(
		"A2",
		isWrong && isTold,
		`wrong: ${described(wrongOfActive)}; right, of an inactive client: ${described(refused)}`,
		wrongOfActive,
	);
	const isSecretFirst =
		wrongOfInactive.code === wrongOfActive.code && saidBy(wrongOfInactive) === saidBy(wrongOfActive);
	const isStateNext = otherType.code === refused.code && saidBy(otherType) === saidBy(refused);
	trial.check(
		"A26",
		isSecretFirst && isStateNext,
		`of an inactive client, wrong secret: ${described(wrongOfInactive)}; other grant_type: ${described(otherType)}`,
		wrongOfInactive,
	);

	await trial.wait(20_000);
	const used = await trial.call("GET", "/api/v2/tokens/me", { token });
	trial.check("A19", used.status !== 401, `20 s later: ${described(used)}`, used);
	const read = await trial.call("GET", path);
	const { state, dateToDelete } = read.body;
	trial.check(
		"A12",
		state === "inactive" && (dateToDelete === undefined || dateToDelete === null),
		isFine(read) ? `20 s later: ${textOf(state)}, dateToDelete ${textOf(dateToDelete) || "is empty"}` : described(read),
		read,
	);
}

async function tryDeleted(trial: Trial, { path, token }: { path: string; token: string }): Promise<void> {
	const deleted = await trial.call("DELETE", path);
	trial.check("A14", isFine(deleted), described(deleted), deleted);
	trial.check("A15", deleted.status === 204, described(deleted), deleted);
	trial.fine(deleted, "the deletion");
	let read = await trial.call("GET", path);
	const gone = await trial.secondsUntil(looks, async () => {
		if (read.status !== 404) read = await trial.call("GET", path);
		return read.status === 404;
	});
	trial.check(
		"A16",
		gone !== undefined && gone <= 1,
		`${described(read)} ${gone === undefined ? `after ${looks.at(-1)} s` : `after ${gone} s`}`,
		read,
	);
	let used = await trial.call("GET", "/api/v2/tokens/me", { token });
	const over = await trial.secondsUntil(looks, async () => {
		if (used.status !== 401) used = await trial.call("GET", "/api/v2/tokens/me", { token });
		return used.status === 401;
	});
	trial.check("A20", over !== undefined, `${described(used)} after ${over ?? looks.at(-1)} s`, used);
}
