import type { Settings } from "../organization/organization-state";

/** The roles or divisions that match the list's `name`, in the way the settings say. */
export function filterByName<Named extends { name: string }>(
	entities: readonly Named[],
	name: string | undefined,
	{ nameFilter, nameFilterIsCaseSensitive }: Settings["authorizationLists"],
): Named[] {
	if (name === undefined) return [...entities];
	const folded = (text: string) => (nameFilterIsCaseSensitive ? text : text.toLowerCase());
	const wanted = folded(name);
	return entities.filter((entity) => {
		const has = folded(entity.name);
		if (nameFilter === "equals") return has === wanted;
		return nameFilter === "startsWith" ? has.startsWith(wanted) : has.includes(wanted);
	});
}
