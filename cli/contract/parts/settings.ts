import { knownScopes } from "../../../provider/api/scopes";
import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import { described, type Trial } from "../trial";
import { entitiesOf, listed } from "./answer-fields";
import { found } from "./found";

const clients = "/api/v2/oauth/clients";
/** A property that no client has. */
const unknownProperty = "contractUnknownProperty";
/** The vendor's OAuthClient. */
const knownFields: ReadonlySet<string> = new Set(
	(
		"id name description accessTokenValiditySeconds registeredRedirectUri secret roleIds roleDivisions authorizedGrantType " +
		"scope state dateCreated dateModified createdBy modifiedBy dateToDelete selfUri"
	).split(" "),
);
/** Redirect URIs of each kind that programs use. */
const uris = [
	"https://contract.example/callback",
	"http://localhost:8080/callback",
	"http://192.0.2.1/callback?a=b",
	"com.example.contract:/callback",
	"urn:ietf:wg:oauth:2.0:oob",
];
const manyUris = [...uris, ...Array.from({ length: 25 }, (_, index) => `https://contract.example/${index}`)];

/** The settings of a client whose users log in, and what the API says of wrong ones. */
export const settings: Part = {
	name: "settings and errors",
	tries: ["A49", "A50", "A51", "A54", "A62", "A63"],
	run: async (trial) => {
		await tryScopes(trial);
		const client = await tryWithoutUri(trial);
		await found(trial, client.path);
		await tryUris(trial, client);
		await tryUnknownProperty(trial, client);
		await tryUnknownScope(trial, client);
	},
};

async function tryScopes(trial: Trial): Promise<void> {
	const answer = await trial.call("GET", "/api/v2/oauth/scopes");
	const ids = entitiesOf(answer).map(({ id }) => String(id));
	if (!isFine(answer) || ids.length === 0) return trial.untried("A63", "the scopes couldn't be read", answer);
	const others = ids.filter((id) => !knownScopes.some((known) => known === id));
	const missing = knownScopes.filter((known) => !ids.includes(known));
	const seen = `${ids.length} scopes; new: ${listed(others)}; missing: ${listed(missing)}`;
	trial.check("A63", others.length + missing.length === 0, seen, answer);
}

/** The path of a client and the body that it was created with. */
interface Sample {
	path: string;
	body: Record<string, unknown>;
}

async function tryWithoutUri(trial: Trial): Promise<Sample> {
	const withUri = { registeredRedirectUri: uris.slice(0, 1) };
	const create = async (grant: string, more: object = {}) => {
		const body = trial.clientSettings(grant, { authorizedGrantType: grant, ...more });
		return { body, answer: await trial.call("POST", clients, { json: body }) };
	};
	const without = await create("CODE");
	const isFull = without.answer.code === "auth.too.many.clients";
	if (isFull) trial.differs("A51", "no further client can be created", without.answer);
	const code = isFine(without.answer) || isFull ? without : await create("CODE", withUri);
	trial.fine(code.answer, "creating a CODE client");
	trial.check("A51", true, "a further client was created", code.answer);
	const token = await create("TOKEN");
	if (code !== without) trial.differs("A49", "a CODE client without a redirect URI is refused", without.answer);
	// Refused with a URI too: for the grant, which is A7.
	else if (!isFine(token.answer) && isFine((await create("TOKEN", withUri)).answer))
		trial.differs("A49", "a TOKEN client without a redirect URI is refused", token.answer);
	else
		trial.check("A49", true, `CODE: ${described(without.answer)}; TOKEN: ${described(token.answer)}`, without.answer);
	return { path: `${clients}/${String(code.answer.body["id"])}`, body: code.body };
}

async function tryUris(trial: Trial, { path, body }: Sample): Promise<void> {
	const put = async (registeredRedirectUri: string[]) =>
		trial.call("PUT", path, { json: { ...body, registeredRedirectUri } });
	const all = await put(manyUris);
	if (isFine(all)) {
		const kept = all.body["registeredRedirectUri"];
		const missing = manyUris.filter((uri) => !(Array.isArray(kept) && kept.includes(uri)));
		const seen = `${manyUris.length} URIs of ${uris.length} kinds are accepted; not kept: ${listed(missing)}`;
		return trial.check("A50", missing.length === 0, seen, all);
	}
	const refused: string[] = [];
	for (const uri of uris) if (!isFine(await put([uri]))) refused.push(uri);
	const seen = refused.length === 0 ? `${manyUris.length} URIs are refused` : `refused: ${refused.join(", ")}`;
	trial.differs("A50", seen, all);
}

async function tryUnknownProperty(trial: Trial, { path, body }: Sample): Promise<void> {
	const put = await trial.call("PUT", path, { json: { ...body, [unknownProperty]: "contract" } });
	if (isFine(put)) return trial.differs("A54", "a PUT with an unknown property is accepted", put);
	if (put.code !== "invalid.property") return trial.differs("A54", "it is refused in another way", put);
	if (!namesProperty(put))
		return trial.differs("A54", "the refusal doesn't name the property as the package reads it", put);
	const read = trial.fine(await trial.call("GET", path), "reading the client");
	const others = Object.keys(read.body).filter((field) => !knownFields.has(field));
	if (others.length === 0) return trial.holds("A54", put);
	const more = Object.fromEntries(others.map((field) => [field, read.body[field]]));
	const back = await trial.call("PUT", path, { json: { ...body, ...more } });
	const seen = `a PUT with what was read is ${isFine(back) ? "accepted" : "refused"}: ${listed(others)}`;
	trial.check("A54", isFine(back), seen, back);
}

const namesProperty = ({ body }: Answer) =>
	String(body["message"]).startsWith(`Value [${unknownProperty}] is not a valid property for object `);

async function tryUnknownScope(trial: Trial, { path, body }: Sample): Promise<void> {
	const put = await trial.call("PUT", path, { json: { ...body, scope: ["users:readonly", "contract-unknown-scope"] } });
	if (put.status === 400 && put.code === "invalid.value") return trial.holds("A62", put);
	trial.differs("A62", isFine(put) ? "it is accepted" : "it is refused in another way", put);
}
