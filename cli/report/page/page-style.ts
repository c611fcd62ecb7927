/** The page's style sheet. The charts use its colour variables too; printing uses the light colours. */
export const pageStyle = `
:root {
	color-scheme: light dark;
	--paper: #ffffff;
	--raised: #f6f7f9;
	--ink: #1b1f24;
	--soft: #57606a;
	--rule: #d8dde3;
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
html { scroll-padding-top: 1rem; }
body {
	margin: 0;
	background: var(--paper);
	color: var(--ink);
	font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main, header, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
footer { margin-top: 3rem; padding-block: 1rem 3rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.87rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; font-weight: 650; }
h2 { margin: 2.75rem 0 0.75rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--rule); font-size: 1.25rem; font-weight: 650; }
h3 { margin: 1.5rem 0 0.4rem; font-size: 1rem; font-weight: 650; }
p { margin: 0.4rem 0; max-width: 80ch; }
a { color: var(--link); text-underline-offset: 0.15em; }
.soft { color: var(--soft); }
.id { color: var(--soft); font: 0.8rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
code { font: 0.87em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.3rem 0.6rem; background: var(--paper); z-index: 1; }
[hidden] { display: none !important; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.tiles li { padding: 0.75rem 1rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 4px; }
.tiles .name { display: block; color: var(--soft); font-size: 0.87rem; }
.tiles .value { display: block; font-size: 1.6rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .more { display: block; color: var(--soft); font-size: 0.87rem; }

.table { overflow-x: auto; margin: 0.75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.35rem; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: inherit; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.word, .word code { white-space: nowrap; }
.client-name { min-width: 13rem; overflow-wrap: anywhere; }
.client-name .id { font-size: 0.7rem; }
table.findings .client-name { width: 32%; }
table.findings td:nth-child(2) { width: 7rem; }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; text-align: inherit; }
th button::after { content: "\\2195"; content: "\\2195" / ""; margin-left: 0.25em; color: var(--soft); font-weight: 400; font-size: 0.8em; }
th[aria-sort="ascending"] button::after { content: "\\2191"; content: "\\2191" / ""; color: inherit; }
th[aria-sort="descending"] button::after { content: "\\2193"; content: "\\2193" / ""; color: inherit; }

.severity { display: inline-block; padding: 0 0.45em; border: 1px solid currentColor; border-radius: 3px; font-size: 0.8rem; line-height: 1.5; white-space: nowrap; }
.severity.high { color: var(--high); font-weight: 650; }
.severity.medium { color: var(--medium); }
.severity.low { color: var(--low); }
.severity.info { color: var(--info); }

form { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; margin: 0.75rem 0; }
label { display: block; color: var(--soft); font-size: 0.87rem; }
input, select, form button, #toggle-all {
	display: block; min-height: 2.1rem; padding: 0.25rem 0.5rem; border: 1px solid var(--rule); border-radius: 4px;
	background: var(--paper); color: var(--ink); font: inherit; font-size: 0.9rem; max-width: 100%;
}
form button, #toggle-all { background: var(--raised); cursor: pointer; }
output { color: var(--soft); font-size: 0.9rem; padding-bottom: 0.35rem; }

details.client { border-bottom: 1px solid var(--rule); }
details.client > summary { padding: 0.6rem 0; cursor: pointer; }
details.client > summary h3 { display: inline; margin: 0; overflow-wrap: anywhere; }
details.client > summary .severity { margin-left: 0.5em; }
details.client > .inside { padding: 0.25rem 0 1.5rem 1.1rem; }
details.figures { margin: 0.5rem 0; }
details.figures > summary { color: var(--link); cursor: pointer; font-size: 0.9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.25rem; margin: 0.5rem 0; font-size: 0.9rem; }
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

@media (min-width: 60rem) {
	.client-name .id { white-space: nowrap; }
}
@media (max-width: 40rem) {
	main, header, footer { padding-inline: 1rem; }
	dl { grid-template-columns: 1fr; gap: 0; }
	dd { margin-bottom: 0.4rem; }
	details.client > .inside { padding-left: 0; }
}
@media print {
	body { font-size: 10pt; }
	main, header, footer { max-width: none; padding-inline: 0; }
	form, #toggle-all, .skip, th button::after { display: none; }
	.table { overflow: visible; }
	table { font-size: 8.5pt; }
	thead { display: table-header-group; }
	tr, figure, .tiles li, ul.findings li { break-inside: avoid; }
	h2, h3, caption { break-after: avoid; }
	a { color: inherit; text-decoration: none; }
}
`;
