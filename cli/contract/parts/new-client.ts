import { fieldsOf } from "../../../provider/api/json";
import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import { described, type Trial } from "../trial";
import { entityOf, listOf, secondsAhead, textOf } from "./answer-fields";

/** How far dates may be off, in seconds: the header has whole ones. */
const tolerance = 2;
/** When to look for a new client, in seconds. */
const looks = [0, 1, 3, 5, 7, 10, 15, 20, 30, 45];
/** After how long it is assumed to be seen, in seconds. */
const seenWithin = 7;

/** What a new service client looks like, and when it is seen. */
export const newClient: Part = {
	name: "a new client",
	tries: ["A8", "A9", "A10", "A11", "A40", "A67", "A95", "A96"],
	async run(trial) {
		const made = await trial.makeClient("new");
		trial.check("A8", isFine(made), isFine(made) ? "it was created without" : described(made), made);
		trial.fine(made, "the creation of a client");
		const id = textOf(made.body["id"]);
		await trySight(trial, id);
		tryAuthor(trial, made);
		tryDates(trial, made);
		await tryRoles(trial, made);
		const unknown = await trial.call("GET", `/api/v2/oauth/clients/${crypto.randomUUID()}`);
		const bare = [made, unknown].filter(
			({ headers, correlationId }) => correlationId === undefined || headers["date"] === undefined,
		);
		trial.check("A95", bare.length === 0, `${bare.length} of 2 answers lack one (200 and 404)`, bare[0] ?? unknown);
	},
};

async function trySight(trial: Trial, id: string): Promise<void> {
	const listed = await trial.secondsUntil(
		looks,
		async () => entityOf(await trial.call("GET", "/api/v2/oauth/clients"), id) !== undefined,
	);
	const read = await trial.call("GET", `/api/v2/oauth/clients/${id}`);
	const inList = listed === undefined ? `not in the list after ${looks.at(-1)} s` : `in the list after ${listed} s`;
	trial.check(
		"A40",
		listed !== undefined && listed <= seenWithin && isFine(read),
		`${inList}; by its id then: ${described(read)}`,
		read,
	);
}

function tryAuthor(trial: Trial, made: Answer): void {
	const references = [made.body["createdBy"], made.body["modifiedBy"]].map(fieldsOf);
	const named = references.filter(({ name }) => typeof name === "string").length;
	trial.check("A10", named === references.length, `${named} of ${references.length} have one`, made);
	const { clientId } = trial.login;
	const { id } = references[0] ?? {};
	const who = id === undefined ? "nobody" : "somebody else";
	if (clientId === undefined) trial.untried("A11", "the token doesn't say which client logged in");
	else trial.check("A11", id === clientId, id === clientId ? "it is" : `it is ${who}`, made);
}

function tryDates(trial: Trial, made: Answer): void {
	const { dateCreated, dateModified } = made.body;
	const [created, modified] = [secondsAhead(dateCreated, made), secondsAhead(dateModified, made)];
	const isNow = created !== undefined && Math.abs(created) <= tolerance;
	trial.check("A96", isNow, `${created ?? "an unknown number of"} s ahead of the Date header`, made);
	const apart = created === undefined || modified === undefined ? undefined : modified - created;
	const isSame = apart !== undefined && Math.abs(apart) <= tolerance;
	trial.check("A67", isSame, `dateModified is ${apart ?? "an unknown number of"} s after dateCreated`, made);
}

async function tryRoles(trial: Trial, withIds: Answer): Promise<void> {
	const home = trial.fine(await trial.call("GET", "/api/v2/authorization/divisions/home"), "the home division");
	const [roleId] = trial.login.roleIds;
	const roleDivisions = [{ roleId, divisionId: home.body["id"] }];
	const withPairs = await trial.makeClient("new in a division", { roleIds: undefined, roleDivisions });
	trial.fine(withPairs, "the creation of a client with roleDivisions");
	const others = [listOf(withIds.body["roleDivisions"]).length, listOf(withPairs.body["roleIds"]).length];
	trial.check(
		"A9",
		others.every((count) => count === 0),
		`sent roleIds: ${others[0]} roleDivisions; sent roleDivisions: ${others[1]} roleIds`,
		withPairs,
	);
}
