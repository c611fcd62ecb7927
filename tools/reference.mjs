// Keeps docs/reference.md true: it is written from the JSDoc of the code, between two comments in that page:
//
//     <!-- reference: provider/lifecycle/inputs.ts#OAuthClientInputs -->
//     <!-- /reference -->
//
// An interface gives a table of its properties, a class one of the outputs it declares; interfaces of this repository that
// the types name get tables of their own below. `npm run reference` writes, `--check` only says whether it would.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { format } from "oxfmt";
import ts from "typescript";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const section = /(<!-- reference: (\S+)#(\w+) -->\n)[\s\S]*?(<!-- \/reference -->)/g;

async function main() {
	const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
	const file = join(root, "docs/reference.md");
	const before = readFileSync(file, "utf8");
	const after = await formatted(file, withReference(before));
	if (after === before) return;
	if (values.check) {
		console.error("docs/reference.md isn't what the code says. What to do: npm run reference");
		process.exitCode = 1;
		return;
	}
	writeFileSync(file, after);
	console.log("docs/reference.md is up to date now.");
}

/** The text with every section between the two comments written anew. */
function withReference(text) {
	const wanted = [...text.matchAll(section)].map(([, , path, name]) => ({ path, name }));
	const program = createProgram(wanted.map(({ path }) => join(root, path)));
	const tables = new Tables(program, new Set(wanted.map(({ name }) => name)));
	return text.replaceAll(section, (_, start, path, name, end) => {
		const source = program.getSourceFile(join(root, path));
		const declaration = source?.statements.find((statement) => isShown(statement) && statement.name?.text === name);
		if (!declaration) throw new Error(`docs/reference.md refers to ${name} of ${path}, which isn't there`);
		return `${start}\n${tables.write(declaration)}\n${end}`;
	});
}

function createProgram(files) {
	const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
	return ts.createProgram(files, ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root).options);
}

const isStatic = ({ modifiers = [] }) => modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
const isShown = (node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);

class Tables {
	#checker;
	/** Each has one table, wherever it is named. */
	#written;

	constructor(program, sections) {
		this.#checker = program.getTypeChecker();
		this.#written = sections;
	}

	/** The table of an interface or a class, and the tables of what it consists of. */
	write(declaration) {
		const [table, parts] = ts.isClassDeclaration(declaration) ? this.#outputs(declaration) : this.#inputs(declaration);
		const others = parts.filter((part) => !this.#written.has(part.name.text));
		for (const { name } of others) this.#written.add(name.text);
		return [table, ...others.map((part) => `#### ${part.name.text}\n\n${describe(part)}\n\n${this.write(part)}`)].join(
			"\n",
		);
	}

	/** What a program gives. */
	#inputs(declaration) {
		const properties = declaration.members.filter(ts.isPropertySignature);
		const rows = properties.map((property) => [
			`\`${property.name.text}\``,
			this.#typeText(property.type),
			defaultOf(property),
			describe(property),
		]);
		const head = ["Property", "Type", "Default", "Meaning"];
		// What nobody has to give, and nothing stands in for, needs no column.
		const shown = rows.some(([, , value]) => value)
			? [head, ...rows]
			: [head, ...rows].map((row) => row.toSpliced(2, 1));
		return [toTable(shown[0], shown.slice(1)), this.#parts(properties)];
	}

	/** What a resource hands out: its own properties. */
	#outputs(declaration) {
		const properties = declaration.members.filter(
			(member) => ts.isPropertyDeclaration(member) && member.type && !isStatic(member),
		);
		const rows = properties.map((property) => [
			`\`${property.name.text}\``,
			this.#typeText(property.type),
			describe(property),
		]);
		return [toTable(["Output", "Type", "Meaning"], rows), this.#parts(properties)];
	}

	/** A type as a program would write it: other than interfaces, names stand for what they mean. */
	#typeText(declared) {
		const node = declared.typeName?.right?.text === "Output" ? declared.typeArguments[0] : declared;
		const type = this.#checker.getTypeFromTypeNode(node);
		const isChoice = type.isUnion() && type.types.every((choice) => choice.isStringLiteral());
		const text = isChoice ? type.types.map(({ value }) => `"${value}"`).join(" | ") : node.getText();
		return `\`${text.replace(/Required<(\w+)>/, "$1").replace(/ \| undefined$/, "")}\``;
	}

	/** The interfaces of this repository that the types of some properties name. */
	#parts(properties) {
		const found = new Set();
		const visit = (node) => {
			if (ts.isTypeReferenceNode(node)) {
				const named = this.#checker.getTypeFromTypeNode(node).symbol?.declarations?.find(isShown);
				const path = named && relative(root, named.getSourceFile().fileName);
				if (path && !path.startsWith("..") && !path.includes("node_modules")) found.add(named);
			}
			ts.forEachChild(node, visit);
		};
		for (const property of properties) visit(property.type);
		return [...found];
	}
}

/** The text of a declaration's JSDoc, as one line of Markdown. */
function describe(declaration) {
	const comment = declaration.jsDoc?.at(-1)?.comment;
	const deprecated = ts.getJSDocDeprecatedTag(declaration);
	const text = (ts.getTextOfJSDocComment(comment) ?? "").replaceAll(/\{@link (\S+?)\}/g, "`$1`");
	if (!text) throw new Error(`${declaration.name.text} has no JSDoc, which docs/reference.md needs`);
	const warning = deprecated ? `**Deprecated** ${ts.getTextOfJSDocComment(deprecated.comment)}. ` : "";
	return warning + text.trim().replaceAll(/\n\n+/g, "<br><br>").replaceAll(/\s+/g, " ");
}

/** What a property is when it isn't given. */
function defaultOf(property) {
	const tag = ts.getJSDocTags(property).find(({ tagName }) => tagName.text === "default");
	if (!tag) return property.questionToken ? "" : "required";
	const text = ts.getTextOfJSDocComment(tag.comment).trim();
	return isLiteral(text) ? `\`${text}\`` : text;
}

function isLiteral(text) {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

const toRow = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
const toTable = (head, rows) => [head, head.map(() => "---"), ...rows].map(toRow).join("");

async function formatted(file, text) {
	const options = JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8"));
	const { code, errors } = await format(file, text, options);
	if (errors.length > 0) throw new Error(errors[0].message);
	return code;
}

await main();
