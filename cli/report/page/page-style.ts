/** The page's style sheet. The charts use its colour variables too; printing uses the light colours. */
export const pageStyle = `
:root {
	color-scheme: light dark;
	--paper: #ffffff;
	--raised: #f6f7f9;
	--ink: #1b1f24;
	--soft: #57606a;
	--rule: #d8dde3;
	--edge: #868f99;
	--link: #0b5cad;
	--bar: #9db8d6;
	--bar-400: #c77700;
	--bar-429: #a3160b;
	--high: #a3160b;
	--medium: #8a5300;
	--low: #3d5a80;
	--info: #57606a;
}
@media screen and (prefers-color-scheme: dark) {
	:root:not(.paper) {
		--paper: #14171b;
		--raised: #1d2127;
		--ink: #e4e7eb;
		--soft: #9aa4af;
		--rule: #353c45;
		--edge: #727c87;
		--link: #79b4f2;
		--bar: #4a6a8f;
		--bar-400: #e3a13a;
		--bar-429: #f47c6f;
		--high: #f47c6f;
		--medium: #e3a13a;
		--low: #8fb3de;
		--info: #9aa4af;
	}
}
* { box-sizing: border-box; }
body {
	margin: 0;
	background: var(--paper);
	color: var(--ink);
	font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main, body > header, footer { max-width: 90rem; margin: 0 auto; padding: 0 1.5rem; }
body > header { padding-top: 1.5rem; }
footer { margin-top: 3rem; padding-block: 1rem 3rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.87rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; font-weight: 650; }
h2 { margin: 2.25rem 0 0.75rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--rule); font-size: 1.25rem; font-weight: 650; }
h3 { margin: 1.75rem 0 0.4rem; font-size: 1rem; font-weight: 650; }
h2:focus, h3:focus { outline: none; }
p { margin: 0.4rem 0; max-width: 80ch; }
a { color: var(--link); text-underline-offset: 0.15em; }
.soft { color: var(--soft); }
.id { color: var(--soft); font: 0.8rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
code { font: 0.87em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.3rem 0.6rem; background: var(--paper); z-index: 1; }
[hidden] { display: none !important; }

#filter { position: sticky; top: 0; z-index: 1; max-width: 90rem; margin: 1rem auto 0; padding: 0.6rem 1.5rem; background: var(--paper); border-bottom: 1px solid var(--rule); }
.contents ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; font-size: 0.9rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.tiles a { display: block; height: 100%; padding: 0.6rem 1rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 4px; color: inherit; text-decoration: none; }
.tiles a:hover { border-color: var(--link); }
.tiles .name { display: block; color: var(--link); font-size: 0.87rem; text-decoration: underline; text-underline-offset: 0.15em; }
.tiles .value { display: block; font-size: 1.5rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .more { display: block; color: var(--soft); font-size: 0.87rem; }
.outages { margin-top: 1rem; padding: 0.1rem 1rem 0.5rem; border: 1px solid var(--high); border-left-width: 4px; border-radius: 4px; }
.outages h3 { margin-top: 0.5rem; color: var(--high); }

.table { overflow-x: auto; margin: 0.75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.35rem; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: inherit; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .number { white-space: normal; }
.word { width: 1%; white-space: nowrap; }
.client-name { width: 20rem; overflow-wrap: anywhere; }
.client-name a, .client-name .id { display: block; }
.client-name .id { font-size: 0.72rem; }
.line { display: block; }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; text-align: inherit; }
th button::after { content: "\\2195"; content: "\\2195" / ""; margin-left: 0.25em; color: var(--soft); font-weight: 400; font-size: 0.8em; }
th[aria-sort="ascending"] button::after { content: "\\2191"; content: "\\2191" / ""; color: inherit; }
th[aria-sort="descending"] button::after { content: "\\2193"; content: "\\2193" / ""; color: inherit; }
.pages { display: flex; gap: 0.5rem; align-items: center; font-size: 0.9rem; }
.order { display: none; }
button[aria-disabled="true"] { color: var(--soft); border-style: dashed; cursor: default; }

.severity { display: inline-block; padding: 0 0.45em; border: 1px solid currentColor; border-radius: 3px; font-size: 0.8rem; line-height: 1.5; white-space: nowrap; }
.severity.high { color: var(--high); font-weight: 650; }
.severity.medium { color: var(--medium); }
.severity.low { color: var(--low); }
.severity.info { color: var(--info); }

form { display: flex; flex-wrap: wrap; gap: 0.4rem 0.75rem; align-items: end; }
label { display: block; color: var(--soft); font-size: 0.8rem; }
input, select, form button, .pages button, dialog header button {
	display: block; min-height: 2.1rem; padding: 0.25rem 0.5rem; border: 1px solid var(--edge); border-radius: 4px;
	background: var(--paper); color: var(--ink); font: inherit; font-size: 0.9rem; max-width: 100%;
}
#filter select { max-width: 11rem; }
form button, .pages button, dialog header button { background: var(--raised); cursor: pointer; }
output { color: var(--soft); font-size: 0.87rem; padding-bottom: 0.4rem; font-variant-numeric: tabular-nums; }

dialog { width: min(64rem, 100vw); max-width: none; height: 100dvh; max-height: none; margin: 0 0 0 auto; padding: 0; border: 0; border-left: 1px solid var(--rule); background: var(--paper); color: var(--ink); }
dialog::backdrop { background: rgb(0 0 0 / 0.45); }
dialog .inside { min-height: 100%; padding: 0 1.5rem 2rem; }
dialog header { position: sticky; top: 0; z-index: 1; display: flex; gap: 1rem; justify-content: space-between; align-items: center; padding: 0.75rem 0; background: var(--paper); border-bottom: 1px solid var(--rule); }
dialog header h2 { margin: 0; padding: 0; border: 0; overflow-wrap: anywhere; }
html:has(dialog[open]) { overflow: hidden; }
details.figures { margin: 0.5rem 0; }
details.figures > summary { color: var(--link); cursor: pointer; font-size: 0.9rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.2rem 1.25rem; margin: 0.5rem 0; font-size: 0.9rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
ul.findings { margin: 0.5rem 0; padding: 0; list-style: none; }
ul.findings li { margin: 0.35rem 0; max-width: 90ch; }
figure { margin: 1rem 0 0.25rem; }
figcaption { font-weight: 600; font-size: 0.9rem; }
.chart { min-height: 12rem; }
.chart.tall { min-height: 18rem; }
.uplot .u-legend { margin: 0; text-align: left; font-size: 0.85rem; font-variant-numeric: tabular-nums; }
.uplot .u-legend th, .uplot .u-legend td { border: 0; padding: 0 4px; white-space: nowrap; }
.uplot .u-legend th { cursor: default; }
.uplot .u-legend tr:nth-child(2) .u-marker { background: var(--bar) !important; }
.uplot .u-legend tr:nth-child(3) .u-marker { background: var(--bar-400) !important; }
.uplot .u-legend tr:nth-child(4) .u-marker { background: var(--bar-429) !important; }
.uplot .u-legend .u-series:first-child th::after { content: ":"; }
.uplot .u-cursor-x, .uplot .u-cursor-y { border-color: var(--soft); }

@media (max-width: 48rem) {
	main, body > header, footer { padding-inline: 1rem; }
	#filter { position: static; padding-inline: 1rem; display: grid; grid-template-columns: 1fr 1fr; }
	#filter > :first-child, #filter output { grid-column: 1 / -1; }
	#filter input, #filter select { width: 100%; max-width: none; }
	.tiles { grid-template-columns: 1fr 1fr; }
	dialog { border: 0; }
	dialog .inside { padding-inline: 1rem; }
	dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
	dd { margin-bottom: 0.4rem; }
	.order { display: block; }
	.figures table { font-size: 0.75rem; }
	.figures :is(th, td) { padding-right: 0.3rem; }
	.table:has(> .stacked) { overflow: visible; }
	.stacked, .stacked caption, .stacked tbody, .stacked tr, .stacked th, .stacked td { display: block; width: auto; }
	.stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
	.stacked thead button { visibility: hidden; }
	.stacked tr { padding: 0.5rem 0; border-bottom: 1px solid var(--rule); }
	.stacked th, .stacked td { padding: 0.1rem 0; border: 0; text-align: left; white-space: normal; }
	.stacked td:empty { display: none; }
	.stacked td::before { content: attr(data-column) ": "; color: var(--soft); }
}
@media print {
	body { font-size: 10pt; }
	main, body > header, footer { max-width: none; padding-inline: 0; }
	#filter, .contents, .pages, .order, .skip, dialog header button, th button::after { display: none; }
	.table { overflow: visible; }
	table { font-size: 8.5pt; }
	thead { display: table-header-group; }
	tr, figure, .tiles li, ul.findings li { break-inside: avoid; }
	h2, h3, caption { break-after: avoid; }
	a { color: inherit; text-decoration: none; }
	.client-name { width: 14rem; }
	body:has(dialog[open]) > :not(dialog) { display: none; }
	html:has(dialog[open]) { overflow: visible; }
	dialog[open] { position: static; width: auto; height: auto; border: 0; }
	dialog header { position: static; }
}
`;
