// Draws docs/demo.svg: the terminal of a real `npm run demo`, with the first `pulumi up` and the table at the end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

import { html as svg } from "hono/html";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const letter = { width: 8.4, height: 17, size: 14 };
const margin = 20;
const style = `
	rect { fill: #0d1117; stroke: #30363d }
	text { fill: #c9d1d9; font: ${letter.size}px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre }
	.typed { fill: #ffffff; font-weight: bold }
	.good { fill: #7ee787 }
	.hidden { fill: #e3b341 }
`;

async function main() {
	const demo = spawn(process.execPath, [join(root, "tools/demo.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
	demo.stdout.pipe(process.stdout);
	const [output, [code]] = await Promise.all([textOf(demo.stdout), once(demo, "close")]);
	if (code !== 0) throw new Error("The demo failed, so there is no picture of it.");
	const lines = excerpt(stripVTControlCharacters(output).replaceAll("\r", ""));
	const place = [root, homedir(), tmpdir()].find((path) => lines.join("\n").includes(path));
	if (place) throw new Error(`The picture would show the path ${place}.`);
	writeFileSync(join(root, "docs/demo.svg"), await draw(lines));
}

/** What of the output fits into a picture. */
function excerpt(output) {
	const up = between(output, "\n$ pulumi up --yes\n", "\nDuration:");
	const update = between(up, "\nUpdating ", undefined)
		.split("\n")
		.filter((line) => !/^@ |creating \(/.test(line));
	const table = between(output, "\n┌", "\n\nWhat next:");
	return ["$ npm run demo", "…", "$ pulumi up --yes", ...update, "…", ...table.split("\n")].map((line) =>
		line.trimEnd(),
	);
}

function between(text, start, end) {
	const from = text.indexOf(start);
	const to = end === undefined ? text.length : text.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`The demo's output lacks "${(from < 0 ? start : end).trim()}".`);
	return text.slice(from + 1, to);
}

async function draw(lines) {
	const columns = Math.max(...lines.map(({ length }) => length));
	const [width, height] = [columns * letter.width + 2 * margin, lines.length * letter.height + 2 * margin].map(
		Math.ceil,
	);
	// With its length given, a line is as long in every font.
	const texts = lines.flatMap((line, index) => {
		const y = margin + letter.size + index * letter.height;
		const length = Math.round(line.length * letter.width);
		return line ? [svg`<text x="${margin}" y="${y}" textLength="${length}">${coloured(line)}</text>\n`] : [];
	});
	const picture =
		await svg`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">
<title>The output of npm run demo</title>
<style>${style}</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts}</svg>
`;
	return picture.toString();
}

/** The line, in parts that have a colour and parts that have none. */
function coloured(line) {
	return line.split(/(^\$ .+|✓|^ \+ |\[secret\])/).map((part, index) => {
		if (index % 2 === 0) return part;
		const name = part.startsWith("$") ? "typed" : part === "[secret]" ? "hidden" : "good";
		return svg`<tspan class="${name}">${part}</tspan>`;
	});
}

await main();
