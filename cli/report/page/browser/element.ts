/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** What an element contains: other elements, text, or nothing. */
export type Content = Node | string | number | null | undefined | false | readonly Content[];

type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/**
 * Makes an element. Text becomes text and never markup, whatever it says.
 *
 * @param attributes its attributes: true for one without a value; false and undefined leave one out; a function listens to that event
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Attributes = {},
	...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (typeof value === "function") made.addEventListener(key, value);
		else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
	}
	made.append(...nodesOf(content));
	return made;
}

/** Replaces what an element contains. */
export function fill(holder: Element, ...content: readonly Content[]): void {
	holder.replaceChildren(...nodesOf(content));
}

function nodesOf(content: Content): (Node | string)[] {
	if (content === null || content === undefined || content === false) return [];
	if (typeof content === "string" || typeof content === "number") return [String(content)];
	return content instanceof Node ? [content] : content.flatMap((part) => nodesOf(part));
}
