// A plugin of TypeDoc: the theme of docs/reference.md, a page to read from top to bottom. It leaves out what says nothing new, such as
// the forms of lookups that take outputs, and gives defaults a column.
import { Converter, IntrinsicType, ReflectionKind, UnionType } from "typedoc";
import { MarkdownPageEvent, MarkdownTheme } from "typedoc-plugin-markdown";

const repetition = /^(get\w+Output|\w+OutputArgs|isInstance|__pulumiType)$/;

/** @param {import("typedoc-plugin-markdown").MarkdownApplication} app TypeDoc, as it loads its plugins */
export function load(app) {
	app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
		for (const reflection of Object.values(project.reflections)) {
			if (isRepetition(reflection)) project.removeReflection(reflection);
			// The name under which the Markdown plugin has a column for it.
			for (const tag of reflection.comment?.blockTags ?? []) if (tag.tag === "@default") tag.tag = "@defaultValue";
		}
	});
	app.renderer.defineTheme("compact", CompactTheme);
	app.renderer.on(MarkdownPageEvent.END, (page) => {
		page.contents = noise.reduce(
			(contents, [pattern, instead]) => contents.replaceAll(pattern, instead),
			page.contents,
		);
	});
}

/** What `Omit` leaves of an interface stands there already. */
const isRepetition = ({ name, inheritedFrom }) => repetition.test(name) || inheritedFrom?.name.startsWith("Omit.");

const noise = [
	[/<a id="[\w-]+"><\/a> /g, ""],
	[/^\*\*\*\n\n/gm, ""],
	[/^#+ (Constructors|Union Members)\n\n/gm, ""],
	[/^#+ Throws\n\n/gm, "Throws: "],
	[/(?<= \| )`undefined`(?= \| [^|]*\|$)/gm, ""],
	[/`OutputInstance`/g, "`Output`"],
	[/(?<=\\<`\w+`) \*extends\*.*?(?=\\>)/g, ""],
	// Its type is a list of all scopes.
	[/(?<=\*\*knownScopes\*\*: readonly ).*/g, "[`KnownScope`](#knownscope)[]"],
	[/(?<=\| )------(?= \|)/g, "---"],
];

class CompactTheme extends MarkdownTheme {
	getRenderContext(page) {
		const context = super.getRenderContext(page);
		const { partials } = context;
		const { declarationTitle, groups } = partials;
		Object.assign(partials, {
			constructor: ({ signatures }) => signatures.map((signature) => partials.signatureTitle(signature)).join("\n\n"),
			declarationTitle: (model) => (isUnionOfObjects(model) ? "" : declarationTitle(model)),
			groups: (model, options) =>
				options.kind === ReflectionKind.Interface ? partials.propertiesTable(settable(model)) : groups(model, options),
			hierarchy: ({ types: [first] }) => (first.name === "Omit" ? `Extends ${partials.someType(first)}.` : ""),
			inheritance: () => "",
			// The signature has it.
			signatureReturns: () => "",
			typeDeclarationUnionContainer: ({ type }) =>
				partials.propertiesTable(type.types.flatMap(({ declaration }) => settable(declaration))),
		});
		return context;
	}
}

/** The properties of an interface or of one member of a union, without those that belong to another member. */
const settable = ({ children }) =>
	children.filter(({ type }) => !(type instanceof IntrinsicType && type.name === "undefined"));

/** Its table has all of it. */
const isUnionOfObjects = ({ type }) =>
	type instanceof UnionType && type.types.every(({ declaration }) => declaration?.children);
