import { GenesysCloudError, enumerated, quoted } from "../api/errors";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import { uuidForm } from "../api/uuid";
import type { LifecycleContext } from "./context";
import type { Named, ResourceKind } from "./resource-kind";

/**
 * Finds what an import, or a program that only reads it, names by its id or its exact name.
 *
 * @throws GenesysCloudError if there is none, or if several have that name
 */
export async function lookUp<Entity extends Named>(
	{ api }: LifecycleContext,
	kind: ResourceKind<Entity>,
	idOrName: string,
): Promise<Entity> {
	const id = uuidForm.test(idOrName) ? idOrName : await idOfName(api, kind, idOrName);
	const found = await kind.find(api, id);
	if (typeof found !== "string") return found;
	throw new GenesysCloudError(`no ${kind.thing} has the id ${id}: check the id and the organization`);
}

async function idOfName<Entity extends Named>(
	api: GenesysCloudApi,
	{ thing, list }: ResourceKind<Entity>,
	name: string,
): Promise<string> {
	const [only, ...others] = (await list(api)).filter((entity) => entity.name === name).map(({ id }) => id);
	if (only === undefined) {
		throw new GenesysCloudError(
			`no ${thing} has the id or the name "${quoted(name)}": check it (names are case-sensitive) and the organization`,
		);
	}
	if (others.length === 0) return only;
	throw new GenesysCloudError(
		`${others.length + 1} ${thing}s are named "${quoted(name)}": choose one by its id: ${enumerated([only, ...others])}`,
	);
}
