// What the tables of arguments know that the types don't say: for the plugin's schema.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { toJsonSchema } from "@valibot/to-json-schema";

import { ensureBuilt } from "./built-package.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await ensureBuilt();
const require = createRequire(import.meta.url);
const lifecycle = (file) => require(join(root, "dist/provider/lifecycle", file));
const { schemaOf } = lifecycle("table-schema.js");
const tables = [
	lifecycle("oauth-client/arguments.js").clientTable,
	lifecycle("rotating-oauth-client/arguments.js").pairTable,
	lifecycle("integration-credential/arguments.js").credentialTable,
];
const namesWhere = (holds) =>
	tables.flatMap((table) =>
		Object.keys(table).filter((property) => table[property].kind !== undefined && holds(table[property])),
	);

/** The arguments that the plugin doesn't show: Pulumi has its own means for them. */
export const withheld = new Set(
	namesWhere(({ kind, front }) => kind !== "output" && (front === "npm" || front === "none")),
);
export const secrets = new Set([
	...namesWhere(({ isSecret }) => isSecret),
	// Settings of the provider.
	"oauthClientSecret",
	"accessToken",
	"gatewayAuthPassword",
	"proxyAuthPassword",
]);
/** A new value usually replaces the resource. The schema can't require it where an argument can turn that off. */
export const replaced = new Set(namesWhere(({ onChange }) => onChange === "replace"));
/** TypeScript has only numbers: what is whole is known of arguments by their schemas. */
const whole = new Set([
	...tables.flatMap((table) => wholeIn(toJsonSchema(schemaOf(table), { errorMode: "ignore" }))),
	"secretVersion",
	"generation",
]);
/** The same for lookups. */
const wholeInLookups = /^(timeoutSeconds|days|requests|status\d+)$/;

/** The names of a schema's whole numbers, at any depth. */
function wholeIn({ properties = {}, items }) {
	const inner = Object.entries(properties);
	const own = inner.filter(([, part]) => part.type === "integer").map(([property]) => property);
	return own.concat(...inner.map(([, part]) => wholeIn(part)), items ? wholeIn(items) : []);
}

/** Whether a property holds whole numbers. */
export const isWhole = (property) => whole.has(property) || wholeInLookups.test(property);
