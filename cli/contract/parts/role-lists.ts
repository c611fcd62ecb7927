import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import type { Trial } from "../trial";
import { entitiesOf } from "./answer-fields";

const roles = "/api/v2/authorization/roles";
const divisions = "/api/v2/authorization/divisions";
/** As large a page as users ask for. */
const hugePage = 99_999;
/** The default roles of the simulator, by their `defaultRoleId`. */
const defaultRoles = {
	employee: "employee",
	communicateUser: "Communicate - User",
	scimIntegration: "SCIM Integration",
	admin: "Master Admin",
};
/** Two permissions that different roles have. */
const permissions = ["oauth:client:view", "integrations:integration:view"] as const;

/** The lists of roles and divisions. It only reads. */
export const roleLists: Part = {
	name: "roles and divisions",
	tries: ["A78", "A79", "A80", "A81", "A82"],
	run: async (trial) => {
		const uncounted = { userCount: "false" };
		const all = await readAll(trial, roles, uncounted);
		const allDivisions = await readAll(trial, divisions, {});
		tryPageSize(trial, [all, allDivisions]);
		tryDefaultRoles(trial, all);
		await tryNames(trial, [all, allDivisions]);
		await tryPages(trial, all);
		await tryPermissions(trial);
	},
};

type Item = Record<string, unknown>;

/** A list, as one page if the API gives it. */
interface Listing {
	path: string;
	query: Record<string, string>;
	/** The answer for a huge page. */
	huge: Answer;
	/** What is listed on one page. */
	listed: Item[];
}

async function readAll(trial: Trial, path: string, query: Record<string, string>): Promise<Listing> {
	const huge = await trial.call("GET", path, { query: { ...query, pageSize: String(hugePage) } });
	const page = isFine(huge) ? huge : await trial.call("GET", path, { query: { ...query, pageSize: "100" } });
	return { path, query, huge, listed: entitiesOf(page) };
}

function tryPageSize(trial: Trial, listings: readonly Listing[]): void {
	for (const { path, huge } of listings) {
		if (!isFine(huge)) return trial.differs("A78", `${path} refuses a pageSize of ${hugePage}`, huge);
		const { pageSize } = huge.body;
		if (pageSize !== hugePage) return trial.differs("A78", `${path} makes it a pageSize of ${String(pageSize)}`, huge);
	}
	const sizes = listings.map(({ listed }) => listed.length);
	trial.holds("A78", `a pageSize of ${hugePage} returned ${sizes.join(" roles and ")} divisions`);
}

function tryDefaultRoles(trial: Trial, { listed, huge }: Listing): void {
	if (listed.length === 0) return trial.untried("A82", "the roles couldn't be read", huge);
	const has = listed.filter(({ defaultRoleId }) => typeof defaultRoleId === "string");
	const others = Object.entries(defaultRoles).flatMap(([id, name]) => {
		const role = has.find(({ defaultRoleId }) => defaultRoleId === id);
		if (role === undefined) return [`no role has the defaultRoleId ${id}`];
		return role["name"] === name ? [] : [`${id} is named ${String(role["name"])}`];
	});
	if (others.length === 0) return trial.holds("A82", `${has.length} default roles`);
	const ids = has.map(({ defaultRoleId, name }) => `${String(defaultRoleId)} (${String(name)})`);
	trial.differs("A82", `${others.join("; ")}. The default roles: ${ids.join(", ")}`);
}

async function tryNames(trial: Trial, listings: readonly Listing[]): Promise<void> {
	const seen: string[] = [];
	let last: Answer | undefined;
	for (const { path, query, listed } of listings) {
		const item = listed.find(({ name }) => typeof name === "string" && /^[a-z][a-z ]{2,}$/i.test(name));
		if (item === undefined) continue;
		const name = String(item["name"]);
		const finds = async (part: string) => {
			last = await trial.call("GET", path, { query: { ...query, name: part, pageSize: "100" } });
			return entitiesOf(last).some(({ id }) => id === item["id"]);
		};
		const inner = name.slice(1, -1).trim();
		if (await finds(swapCase(inner))) continue;
		if (await finds(inner)) seen.push(`${path}: parts of names, in the same case`);
		else if (await finds(name.slice(0, -1))) seen.push(`${path}: only beginnings of names`);
		else seen.push(`${path}: ${(await finds(name)) ? "only whole names" : "not even whole names"}`);
	}
	if (last === undefined) return trial.untried("A79", "no role or division has a name of letters");
	trial.check("A79", seen.length === 0, seen.join("; ") || "the middle of a name in the other case finds it", last);
}

const swapCase = (text: string) =>
	Array.from(text, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join(
		"",
	);

/** Two pages of two, compared with the long list. */
async function tryPages(trial: Trial, { path, query, listed }: Listing): Promise<void> {
	const first = await trial.call("GET", path, { query: { ...query, pageSize: "2" } });
	if (!isFine(first)) return trial.untried("A81", "the roles couldn't be read", first);
	if (listed.length < 3) return trial.untried("A81", "there are fewer than three roles");
	if (typeof first.body["nextUri"] !== "string")
		return trial.differs("A81", `a page has no nextUri; pageCount is ${String(first.body["pageCount"])}`, first);
	const second = await trial.call("GET", path, { query: { ...query, pageSize: "2", pageNumber: "2" } });
	const ids = [...entitiesOf(first), ...entitiesOf(second)].map(({ id }) => id);
	const isInOrder = ids.every((id, index) => id === listed[index]?.["id"]);
	if (!isInOrder) return trial.differs("A81", "short pages have another order than a long one", second);
	if (entitiesOf(first).some((role) => "userCount" in role))
		return trial.differs("A81", "a role has a userCount although none was asked for", first);
	trial.check("A81", true, "two pages of two have the order of a long one, and a nextUri", first);
}

async function tryPermissions(trial: Trial): Promise<void> {
	const ask = async (asked: readonly string[]) => {
		const query = new URLSearchParams([
			["userCount", "false"],
			["pageSize", "100"],
		]);
		for (const permission of asked) query.append("permission", permission);
		const answer = await trial.call("GET", `${roles}?${query}`);
		return { answer, ids: new Set(entitiesOf(answer).map(({ id }) => id)) };
	};
	const [one, other] = [await ask(permissions.slice(0, 1)), await ask(permissions.slice(1))];
	const both = await ask(permissions);
	if (![one, other, both].every(({ answer }) => isFine(answer)))
		return trial.untried(
			"A80",
			"the filter is refused",
			[one, other, both].find(({ answer }) => !isFine(answer))?.answer,
		);
	const any = new Set([...one.ids, ...other.ids]);
	const all = new Set([...one.ids].filter((id) => other.ids.has(id)));
	if (any.size === all.size) return trial.untried("A80", "the same roles have both permissions", both.answer);
	const isEqual = (ids: ReadonlySet<unknown>) => ids.size === both.ids.size && [...ids].every((id) => both.ids.has(id));
	const meaning = isEqual(any) ? "any" : isEqual(all) ? "all" : "neither any nor all";
	trial.check("A80", isEqual(any), `two permissions mean ${meaning} of them`, both.answer);
}
