import * as v from "valibot";
import * as schemas from "./argument-schemas";
import type { Table } from "./argument-table";

/** The schema of a resource's arguments, without the rules between them. */
export const schemaOf = (table: Table) =>
	v.strictObject(
		Object.fromEntries(
			Object.entries(table).flatMap(([name, { schema, required }]) =>
				schema === undefined ? [] : [[name, required ? schema(schemas) : v.optional(schema(schemas))]],
			),
		),
		"must be an object",
	);

/** The properties in the schema of an object, an optional object, or a list of objects. */
function entriesOf(schema: unknown): Record<string, unknown> {
	const { entries, wrapped, item } = Object(schema) as {
		entries?: Record<string, unknown>;
		wrapped?: unknown;
		item?: unknown;
	};
	const inner = wrapped ?? item;
	return entries ?? (inner === undefined ? {} : entriesOf(inner));
}

/** The names of the arguments, or of the properties of one of them. */
export const namesIn = (schema: ReturnType<typeof schemaOf>, argument: string | undefined) =>
	Object.keys(entriesOf(argument === undefined ? schema : schema.entries[argument]));
