// A plugin of TypeDoc: leaves out of docs/reference.md what tells a user nothing, such as what a class overrides, a constructor whose
// use its example shows, or the type of a result that the signature above it has.
import { MarkdownPageEvent } from "typedoc-plugin-markdown";

const noise = [
	/<a id="property-[\w-]+"><\/a> /g,
	/^#+ (Extends|Overrides|Extended by)\n\n(- )?.*\n\n/gm,
	/^#### Constructors\n[\s\S]*?(?=^#### |^\*\*\*)/gm,
	/^##### isInstance\(\)\n[\s\S]*?(?=^#{2,5} |^\*\*\*)/gm,
	/^#+ Returns\n\n.*\n\n/gm,
	/^#+ Parameters\n\n/gm,
];

/** @param {import("typedoc-plugin-markdown").MarkdownApplication} app TypeDoc, as it loads its plugins */
export function load(app) {
	app.renderer.on(MarkdownPageEvent.END, (page) => {
		page.contents = noise.reduce((contents, pattern) => contents.replaceAll(pattern, ""), page.contents);
	});
}
