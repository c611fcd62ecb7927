import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import { chooseLanguage } from "../http/language-choice";
import { SCOPES } from "./scope-catalog";
import type { Language, Scope } from "./scope-catalog";

const PATH = "/api/v2/oauth/scopes";
const scopes = ["oauth", "oauth:readonly"];

/** The operations on scopes. No permission is needed. */
export function scopeOperations(): ApiOperation[] {
	return [
		{
			method: "GET",
			template: PATH,
			permissions: [],
			scopes,
			handle: (context) => {
				const language = chooseLanguage(context);
				const entities = SCOPES.map((scope) => toScopeBody(scope, language));
				return context.json({ total: entities.length, entities, selfUri: PATH });
			},
		},
		{
			method: "GET",
			template: `${PATH}/{scopeId}`,
			permissions: [],
			scopes,
			handle: (context) => {
				const found = SCOPES.find((scope) => scope.id === pathParameter(context, "scopeId"));
				if (found === undefined) throw new ApiRefusal("not.found");
				return context.json(toScopeBody(found, chooseLanguage(context)));
			},
		},
	];
}

function toScopeBody(scope: Scope, language: Language): Record<string, unknown> {
	return { id: scope.id, description: scope.description[language], selfUri: `${PATH}/${scope.id}` };
}
