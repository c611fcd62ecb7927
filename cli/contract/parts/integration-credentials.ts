import { randomUUID } from "node:crypto";
import { fieldsOf } from "../../../provider/api/json";
import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import type { Trial } from "../trial";
import { entitiesOf, listed } from "./answer-fields";
import { found } from "./found";

const integrations = "/api/v2/integrations";
const credentials = `${integrations}/credentials`;
const clientType = "pureCloudOAuthClient";
/** The types that the simulator has: those of the vendor's documentation and tests. */
const knownTypes = [clientType, "basicAuth", "userDefinedOAuth", "callJourney"];

/** What the reads of a credential show. */
const ofRead = ["A69", "A70", "A71", "A72"] as const;

/** Integration credentials: what a create needs, what a read shows, what a PUT does, and the lists. No integration uses one of them. */
export const integrationCredentials: Part = {
	name: "integration credentials",
	tries: ["A4", "A5", "A69", "A70", "A71", "A72", "A74", "A75", "A76", "A77"],
	run: async (trial) => {
		await tryTypes(trial);
		const client = await tryClientCredential(trial);
		const basic = await tryBasicAuth(trial);
		await tryTypeAsText(trial, client, basic);
		await tryCursor(trial);
		await tryFilter(trial);
	},
};

async function make(trial: Trial, what: string, body: Record<string, unknown>): Promise<Answer> {
	return trial.call("POST", credentials, { json: { name: trial.name(what), ...body } });
}

/** An invented secret, which no report may have even if the API shows it. */
function secretOf(trial: Trial): string {
	const secret = randomUUID();
	trial.keepSecret(secret);
	return secret;
}

async function tryTypes(trial: Trial): Promise<void> {
	const answer = await trial.call("GET", `${credentials}/types`);
	if (!isFine(answer)) return trial.untried("A75", "the types couldn't be read", answer);
	const names = entitiesOf(answer).map(({ id, name }) => String(name ?? id));
	const others = names.filter((name) => !knownTypes.includes(name));
	const missing = knownTypes.filter((name) => !names.includes(name));
	const seen = `${names.length} types; new: ${listed(others)}; missing: ${listed(missing)}`;
	trial.check("A75", others.length + missing.length === 0, seen, answer);
}

/** A credential of the type with a client's id and secret, both invented. */
async function tryClientCredential(trial: Trial): Promise<Answer> {
	const clientId = randomUUID();
	const clientSecret = secretOf(trial);
	const type = { name: clientType };
	const name = trial.name("client");
	const created = await make(trial, "client", { type, credentialFields: { clientId, clientSecret } });
	if (!isFine(created)) {
		trial.differs("A74", "an invented id and secret are refused", created);
		for (const id of ofRead) trial.untried(id, "no credential with a client could be created", created);
		return created;
	}
	trial.check("A74", true, "an invented id and secret are accepted", created);
	const path = `${credentials}/${String(created.body["id"])}`;
	const read = await found(trial, path);
	const shown = fieldsOf(read.body["credentialFields"]);
	const secret = describe(shown["clientSecret"], clientSecret);
	trial.check("A69", secret === "asterisks", `clientSecret is shown as ${secret}`, read);
	const shownId = describe(shown["clientId"], clientId);
	trial.check("A70", shown["clientId"] === clientId, `clientId is shown as ${shownId}`, read);
	await tryOmission(trial, { path, name, shown, fields: { clientId, clientSecret } });
	await tryOtherType(trial, { path, name });
	return created;
}

/** What a read has in place of a value, without the value. */
function describe(shown: unknown, value: string): string {
	if (shown === undefined || shown === null) return "nothing";
	if (shown === "") return "an empty text";
	if (shown === value) return "the value itself";
	if (typeof shown !== "string") return `a ${typeof shown}`;
	return /^\*+$/.test(shown) ? "asterisks" : `another text, of ${shown.length} characters`;
}

/** Omits a field that the read shows in some way, so that the next read tells whether it is still there. */
async function tryOmission(
	trial: Trial,
	{ path, name, shown, fields }: { path: string; name: string; shown: object; fields: Record<string, string> },
): Promise<void> {
	const omitted = ["clientSecret", "clientId"].find((field) => has(shown, field));
	if (omitted === undefined) return trial.untried("A71", "the API shows no field of a credential");
	const credentialFields = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== omitted));
	const put = await trial.call("PUT", path, { json: { name, type: { name: clientType }, credentialFields } });
	if (!isFine(put)) return trial.differs("A71", `a PUT without ${omitted} is refused`, put);
	let after = put;
	const isGone = await trial.secondsUntil([0, 5, 15], async () => {
		after = trial.fine(await trial.call("GET", path), "reading the credential");
		return !has(fieldsOf(after.body["credentialFields"]), omitted);
	});
	const seen = isGone === undefined ? "a read still shows it" : "a read doesn't show it";
	trial.check("A71", isGone !== undefined, `a PUT without ${omitted} is accepted, and ${seen}`, after);
}

const has = (shown: object, field: string) => Object.entries(shown).some(([name, value]) => name === field && value);

async function tryOtherType(trial: Trial, { path, name }: { path: string; name: string }): Promise<void> {
	const credentialFields = { userName: "contract", password: secretOf(trial) };
	const json = { name, type: { name: "basicAuth" }, credentialFields };
	const put = await trial.call("PUT", path, { json });
	if (!isFine(put)) return trial.holds("A72", put);
	const after = trial.fine(await trial.call("GET", path), "reading the credential");
	const type = fieldsOf(after.body["type"])["name"];
	const seen = `a PUT with another type is accepted; the type is ${String(type)} then`;
	trial.check("A72", type === clientType, seen, after);
}

async function tryBasicAuth(trial: Trial): Promise<Answer> {
	const create = async (credentialFields: Record<string, string>) =>
		make(trial, "basic", { type: { name: "basicAuth" }, credentialFields });
	const withoutPassword = await create({ userName: "contract" });
	const withoutName = await create({ password: secretOf(trial) });
	if (!isFine(withoutPassword)) trial.differs("A5", "one without a password is refused", withoutPassword);
	else if (isFine(withoutName)) trial.differs("A5", "one without a userName is accepted", withoutName);
	else trial.holds("A5", withoutName);
	return withoutPassword;
}

async function tryTypeAsText(trial: Trial, ...withObject: Answer[]): Promise<void> {
	const accepted = withObject.find(isFine);
	if (accepted !== undefined) return trial.check("A76", true, "the object is accepted", accepted);
	const credentialFields = { clientId: randomUUID(), clientSecret: secretOf(trial) };
	const answer = await make(trial, "text", { type: clientType, credentialFields });
	if (isFine(answer)) return trial.differs("A76", "the type as a text is accepted, as an object refused", answer);
	trial.untried("A76", "no credential could be created", answer);
}

async function tryCursor(trial: Trial): Promise<void> {
	const ask = async () => trial.call("GET", `${credentials}/listing`, { query: { pageSize: "1" } });
	let page = await ask();
	// The list may lack the new credentials for a while.
	await trial.secondsUntil([0, 5, 15, 30], async () => {
		if (isFine(page) && typeof page.body["nextUri"] !== "string") page = await ask();
		return !isFine(page) || typeof page.body["nextUri"] === "string";
	});
	const nextUri = page.body["nextUri"];
	if (!isFine(page)) return trial.untried("A77", "the list couldn't be read", page);
	if (typeof nextUri !== "string") return trial.untried("A77", "the list has no second page");
	const after = new URL(nextUri, "https://unused").searchParams.get("after");
	const last = entitiesOf(page).at(-1)?.["id"];
	const seen = `nextUri continues after ${after === last ? "the page's last id" : "something else than the page's last id"}`;
	trial.check("A77", after === last, seen, page);
}

/** Asks for the integrations of a credential that doesn't exist: a list that isn't empty isn't filtered. */
async function tryFilter(trial: Trial): Promise<void> {
	const query = { pageSize: "1" };
	const all = await trial.call("GET", integrations, { query });
	if (!isFine(all)) return trial.untried("A4", "the integrations couldn't be read", all);
	if (entitiesOf(all).length === 0) return trial.untried("A4", "the organization has no integration");
	const filtered = await trial.call("GET", integrations, { query: { ...query, credentialId: randomUUID() } });
	if (!isFine(filtered)) return trial.differs("A4", "the filter is refused", filtered);
	const isEmpty = entitiesOf(filtered).length === 0;
	trial.check("A4", isEmpty, `a credential that doesn't exist has ${isEmpty ? "no" : "some"} integrations`, filtered);
}
