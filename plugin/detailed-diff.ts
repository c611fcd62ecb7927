import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { type Properties, sameJson } from "../provider/lifecycle/properties";

/**
 * Tells Pulumi which inputs differ, so that it shows nothing else, and can apply `replaceOnChanges`.
 *
 * @param names the inputs that differ from the program's, or from what a refresh found
 * @param replaces those that require a replacement
 */
export function detailedDiff(
	names: readonly string[],
	replaces: readonly string[],
	oldInputs: Properties,
	news: Properties,
): [name: string, diff: PropertyDiff][] {
	return [...new Set([...names, ...replaces])].map((name) => {
		const kinds = kindsOf(oldInputs[name] === undefined, news[name] === undefined);
		const diff = new PropertyDiff();
		diff.setKind(replaces.includes(name) ? kinds.replace : kinds.update);
		// Otherwise the difference is between state and program.
		diff.setInputdiff(!sameJson(oldInputs[name], news[name]));
		return [name, diff];
	});
}

function kindsOf(isNew: boolean, isGone: boolean) {
	const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
	if (isNew && !isGone) return { update: ADD, replace: ADD_REPLACE };
	if (isGone && !isNew) return { update: DELETE, replace: DELETE_REPLACE };
	return { update: UPDATE, replace: UPDATE_REPLACE };
}
