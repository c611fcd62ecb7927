import { accepts } from "hono/accepts";
import { LANGUAGES } from "../routes/scope-catalog";
import type { Language } from "../routes/scope-catalog";
import type { ApiContext } from "./api-context";

/** The language of a response: the best supported one of Accept-Language, with `de-at` counting as `de`; otherwise en-us. */
export function chooseLanguage(context: ApiContext): Language {
	const chosen = accepts(context, {
		header: "Accept-Language",
		supports: [...LANGUAGES],
		default: LANGUAGES[0],
		match: (wanted, { default: fallback }) => {
			const byWish = wanted.filter(({ q }) => q > 0).toSorted((one, other) => other.q - one.q);
			for (const { type } of byWish) {
				const [primary] = type.toLowerCase().split("-");
				const found = LANGUAGES.find((language) => language.split("-")[0] === primary);
				if (found !== undefined) return found;
			}
			return fallback;
		},
	});
	return LANGUAGES.find((language) => language === chosen) ?? LANGUAGES[0];
}
