import type { PageData } from "../page-data";
import { clientColumns, nextSort, orderClients } from "./client-columns";
import { element } from "./element";
import { pagedTable } from "./paged-table";
import type { Entry, View } from "./view";

/** The table of clients. */
export interface ClientsSection {
	node: HTMLElement;
	/** Shows clients in the view's order. */
	show: (clients: readonly Entry[], view: View) => void;
}

/**
 * Makes the table of clients.
 *
 * @param onSort called with the order that the reader chose
 */
export function clientsSection(data: PageData, onSort: (sort: string) => void): ClientsSection {
	const columns = clientColumns(data);
	let current = "";
	const table = pagedTable<Entry>({
		id: "clients-table",
		label: "Clients",
		columns,
		pageSize: 50,
		onSort: (key) => {
			const column = columns.find(({ sort }) => sort === key);
			if (column) onSort(nextSort(column, current));
		},
	});
	// In the narrow layout the table has no headings to choose.
	const order = element(
		"select",
		{ id: "clients-order", change: () => onSort(order.value) },
		columns.flatMap(({ name, sort }) => [
			element("option", { value: sort }, `${name}, ascending`),
			element("option", { value: `-${sort}` }, `${name}, descending`),
		]),
	);
	const node = element(
		"section",
		{ "aria-labelledby": "clients" },
		element("h2", { id: "clients", tabindex: "-1" }, "Clients"),
		element("p", { class: "order" }, element("label", { for: "clients-order" }, "Order"), order),
		table.node,
	);
	return {
		node,
		show: (clients, { sort }) => {
			const column = columns.find((one) => sort === one.sort || sort === `-${one.sort}`) ?? columns[0];
			if (column === undefined) return;
			current = sort === `-${column.sort}` ? sort : column.sort;
			order.value = current;
			table.show(orderClients(clients, column, current.startsWith("-")), current);
		},
	};
}
