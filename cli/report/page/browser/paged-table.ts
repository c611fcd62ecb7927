import { formatNumber } from "../../format";
import { type Content, element, fill } from "./element";

/** A column of a table. */
export interface Column<Row> {
	/** Its heading. */
	name: string;
	/** `client`: the row's heading; `number`: aligned right; `word`: not broken. */
	kind?: "client" | "number" | "word";
	/** What a row shows. */
	show: (row: Row) => Content;
	/** Its key, if the table can be ordered by it. */
	sort?: string;
}

/** A table whose rows come a page at a time: what isn't seen isn't made. */
export interface PagedTable<Row> {
	/** The table and the buttons for its pages. */
	node: HTMLElement;
	/** Shows rows, from the first page. */
	show: (rows: readonly Row[], sort?: string) => void;
}

/** While it is true, tables have one page with all rows: paper has no buttons. */
export const printing = { everything: false };

/** Makes an empty table. */
export function pagedTable<Row>(options: {
	/** What the rows are, such as `Clients`: the table's name for screen readers, and part of that of its buttons. */
	label: string;
	columns: readonly Column<Row>[];
	pageSize: number;
	/** Called with the key of a column that was chosen. */
	onSort?: (key: string) => void;
	/** The table's id. */
	id?: string;
}): PagedTable<Row> {
	const { label, columns, pageSize, onSort, id } = options;
	let rows: readonly Row[] = [];
	let page = 0;

	const headers = columns.map(({ name, kind, sort }) =>
		element(
			"th",
			{ scope: "col", role: "columnheader", class: kind === "number" ? "number" : undefined },
			sort === undefined || onSort === undefined
				? name
				: element("button", { type: "button", click: () => onSort(sort) }, name),
		),
	);
	const body = element("tbody", { role: "rowgroup" });
	// The roles keep the table a table where the narrow layout makes its rows blocks.
	const table = element(
		"table",
		{ role: "table", "aria-label": label, id, class: "stacked" },
		element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, headers)),
		body,
	);
	const turn = (by: number) => {
		const last = Math.ceil(rows.length / pageSize) - 1;
		const next = Math.min(Math.max(page + by, 0), last);
		if (next === page) return;
		page = next;
		draw();
		node.scrollIntoView();
	};
	const previous = element("button", { type: "button", click: () => turn(-1) }, "Previous");
	const next = element("button", { type: "button", click: () => turn(1) }, "Next");
	const shown = element("span", { class: "soft", "aria-live": "polite" });
	const pages = element("nav", { class: "pages", "aria-label": `Pages: ${label}` }, previous, next, shown);
	const node = element("div", { class: "paged" }, element("div", { class: "table" }, table), pages);

	function draw(): void {
		const size = printing.everything ? rows.length : pageSize;
		const first = printing.everything ? 0 : page * size;
		const visible = rows.slice(first, first + size);
		fill(
			body,
			visible.map((row) =>
				element(
					"tr",
					{ role: "row" },
					columns.map((column) => cellOf(column, row)),
				),
			),
		);
		pages.hidden = rows.length <= size;
		// A disabled button would lose the focus.
		previous.setAttribute("aria-disabled", String(first === 0));
		next.setAttribute("aria-disabled", String(first + size >= rows.length));
		fill(shown, `${formatNumber(first + 1)}–${formatNumber(first + visible.length)} of ${formatNumber(rows.length)}`);
	}

	return {
		node,
		show: (newRows, sort = "") => {
			rows = newRows;
			page = 0;
			for (const [index, { sort: key }] of columns.entries()) {
				const isChosen = key !== undefined && (sort === key || sort === `-${key}`);
				if (isChosen) headers[index]?.setAttribute("aria-sort", sort === key ? "ascending" : "descending");
				else headers[index]?.removeAttribute("aria-sort");
			}
			draw();
		},
	};
}

function cellOf<Row>({ name, kind, show }: Column<Row>, row: Row): HTMLElement {
	return kind === "client"
		? element("th", { scope: "row", role: "rowheader", class: "client-name", "data-column": name }, show(row))
		: element("td", { role: "cell", class: kind, "data-column": name }, show(row));
}
