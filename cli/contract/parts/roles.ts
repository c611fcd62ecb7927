import { randomUUID } from "node:crypto";
import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import { described, PartFailure, type Trial } from "../trial";
import { credentialsOf, entitiesOf, objectsOf } from "./answer-fields";
import { firstLogin } from "./first-login";

const clients = "/api/v2/oauth/clients";
/** How many roles of the login are looked at: their ids are in the path of one call. */
const mostRoles = 50;
/** When to try what should be seen at once. */
const seconds = [0, 1, 5, 10, 20, 40];

/** Roles of clients and of their callers, and a missing permission. */
export const roles: Part = {
	name: "roles and permissions",
	tries: ["A55", "A56", "A57", "A58", "A59", "A60", "A94"],
	run: async (trial) => {
		const held = await readHeld(trial);
		const plain = await tryAllDivisions(trial, held);
		await tryRoleIds(trial, held);
		await tryUnknownRole(trial, held);
		const editor = await makeEditor(trial, held);
		await tryAuthorizations(trial, held, plain);
		await tryCaller(trial, plain, editor, held);
	},
};

/** What the login may give. */
interface Held {
	/** The home division's id. */
	home: string;
	/** The login's roles and divisions. */
	pairs: RoleDivision[];
	/** A role that may change clients, other than the next one; undefined without one. */
	editor: string | undefined;
	/** Another role, one that may not see authorizations if there is one; the login's first role if there is no other. */
	plain: string;
	/** Whether it may see authorizations. */
	plainMayAuthorize: boolean;
	/** Why a role that would be needed isn't there. */
	lack: string;
}

interface RoleDivision {
	roleId: string;
	divisionId: string;
}

async function readHeld(trial: Trial): Promise<Held> {
	const { clientId, roleIds } = trial.login;
	if (clientId === undefined) throw new PartFailure("the login's client isn't known");
	const login = trial.fine(await trial.call("GET", `${clients}/${clientId}`), "reading the login's client");
	const [first] = roleIds;
	if (first === undefined) throw new PartFailure("the login's client has no role");
	const home = trial.fine(await trial.call("GET", "/api/v2/authorization/divisions/home"), "reading the home division");
	const query = new URLSearchParams([
		["userCount", "false"],
		["pageSize", "100"],
	]);
	for (const id of roleIds.slice(0, mostRoles)) query.append("id", id);
	const answer = await trial.call("GET", `/api/v2/authorization/roles?${query}`);
	const known = entitiesOf(answer);
	const editor = known.find((role) => allows(role, "view") && allows(role, "edit"));
	const others = known.filter((role) => role !== editor);
	const plain = others.find((role) => !allows(role, "authorize")) ?? others[0];
	return {
		home: String(home.body["id"]),
		pairs: pairsOf(login),
		editor: plain && editor && String(editor["id"]),
		plain: plain === undefined ? first : String(plain["id"]),
		plainMayAuthorize: plain === undefined || allows(plain, "authorize"),
		lack: isFine(answer) ? "the login has too few roles" : `the login's roles couldn't be read: ${described(answer)}`,
	};
}

/** Whether a role has a permission of OAuth clients. */
function allows({ permissionPolicies }: Record<string, unknown>, action: string): boolean {
	return objectsOf(permissionPolicies).some(
		({ domain, entityName, actionSet }) =>
			has(domain, "oauth") &&
			has(entityName, "client") &&
			Array.isArray(actionSet) &&
			actionSet.some((allowed) => has(allowed, action)),
	);
}

const has = (value: unknown, wanted: string) => value === wanted || value === "*";

const pairsOf = ({ body }: Answer): RoleDivision[] =>
	objectsOf(body["roleDivisions"]).map(({ roleId, divisionId }) => ({
		roleId: String(roleId),
		divisionId: String(divisionId),
	}));

/** A client that was made, and the body that made it. */
interface Sample {
	answer: Answer;
	body: Record<string, unknown>;
}

async function make(trial: Trial, what: string, settings: Record<string, unknown>): Promise<Sample> {
	const body = trial.clientSettings(what, settings);
	return { body, answer: await trial.call("POST", clients, { json: body }) };
}

const inDivision = (roleId: string, divisionId: string) => ({
	roleIds: undefined,
	roleDivisions: [{ roleId, divisionId }],
});

async function tryAllDivisions(trial: Trial, { plain, home, pairs }: Held): Promise<Sample> {
	const made = await make(trial, "in all divisions", inDivision(plain, "*"));
	if (!isFine(made.answer)) {
		const isHeld = pairs.some(({ roleId, divisionId }) => roleId === plain && divisionId === "*");
		if (isHeld) trial.differs("A58", "it is refused, although the login has the role in all divisions", made.answer);
		else trial.untried("A58", "the login doesn't have the role in all divisions", made.answer);
		const other = await make(trial, "in a division", inDivision(plain, home));
		trial.fine(other.answer, "creating a client");
		return other;
	}
	const returned = pairsOf(made.answer).map(({ divisionId }) => divisionId);
	const isSame = returned.length === 1 && returned[0] === "*";
	trial.check(
		"A58",
		isSame,
		`the answer has ${returned.length === 0 ? "no division" : returned.join(", ")}`,
		made.answer,
	);
	return made;
}

async function tryRoleIds(trial: Trial, { plain, home }: Held): Promise<void> {
	const { answer } = await make(trial, "with role ids", { roleIds: [plain] });
	trial.check("A60", isFine(answer), `a client with roleIds alone: ${described(answer)}`, answer);
	const [pair] = pairsOf(answer);
	if (pair === undefined) return trial.untried("A59", "a client with roleIds alone is returned without divisions");
	trial.check(
		"A59",
		pair.divisionId === home,
		pair.divisionId === home ? "the home division" : "another division",
		answer,
	);
}

async function tryUnknownRole(trial: Trial, { plain, home }: Held): Promise<void> {
	const role = await make(trial, "unknown role", inDivision(randomUUID(), home));
	const division = await make(trial, "unknown division", inDivision(plain, randomUUID()));
	const wrong = [role, division].find(({ answer }) => answer.status !== 400 || answer.code !== "bad.client.role");
	const seen = [`role: ${described(role.answer)}`, `division: ${described(division.answer)}`].join("; ");
	trial.check("A55", wrong === undefined, seen, wrong?.answer ?? role.answer);
}

/** A client that may change clients, and has no other role; undefined if the login has no such role beside another one. */
async function makeEditor(trial: Trial, { editor, home, pairs }: Held): Promise<Sample | undefined> {
	if (editor === undefined) return undefined;
	const own = pairs.find(({ roleId }) => roleId === editor);
	return make(trial, "editor", inDivision(editor, own?.divisionId ?? home));
}

/** The token of a client that was made. */
const tokenOf = async (trial: Trial, made: Answer): Promise<string> =>
	String((await firstLogin(trial, credentialsOf(made))).body["access_token"]);

async function tryAuthorizations(
	trial: Trial,
	{ plainMayAuthorize, lack }: Held,
	{ answer: client }: Sample,
): Promise<void> {
	if (plainMayAuthorize) return trial.untried("A94", `it needs a role that may not see authorizations; ${lack}`);
	const token = await tokenOf(trial, client);
	const answer = await trial.call("GET", "/api/v2/oauth/authorizations", { token });
	if (answer.status === 403) return trial.holds("A94", answer);
	trial.differs("A94", `a client without the permission gets ${described(answer)}`, answer);
}

/** A caller without the role of a client changes it: refused; then it gets the role. */
async function tryCaller(trial: Trial, target: Sample, editor: Sample | undefined, { lack }: Held): Promise<void> {
	const untried = (why: string, answer?: Answer) => {
		trial.untried("A56", why, answer);
		trial.untried("A57", why, answer);
	};
	if (editor === undefined) return untried(`it needs two roles, one of them may change clients; ${lack}`);
	if (!isFine(editor.answer)) return untried("no client may change clients", editor.answer);
	const token = await tokenOf(trial, editor.answer);
	const path = `${clients}/${String(target.answer.body["id"])}`;
	let answer: Answer | undefined;
	const isSeen = await trial.secondsUntil(seconds, async () =>
		isFine((answer = await trial.call("GET", path, { token }))),
	);
	if (isSeen === undefined) return untried("a new client may not read clients", answer);
	const put = async () => trial.call("PUT", path, { json: target.body, token });
	const refused = await put();
	const isRefused = refused.status === 400 && refused.code === "bad.client.role";
	trial.check("A56", isRefused, described(refused), refused);
	if (isFine(refused)) return trial.untried("A57", "no role is needed (A56)");
	const roleDivisions = [editor, target].flatMap(({ answer: made }) => pairsOf(made));
	const json = { ...editor.body, roleDivisions };
	const grant = await trial.call("PUT", `${clients}/${String(editor.answer.body["id"])}`, { json });
	if (!isFine(grant)) return trial.untried("A57", "the role couldn't be given", grant);
	let changed = refused;
	const after = await trial.secondsUntil(seconds, async () => isFine((changed = await put())));
	const seen = after === undefined ? `not within ${seconds.at(-1)} s` : `after ${after} s`;
	trial.check("A57", after === 0, seen, changed);
}
