import type { PageData } from "../page-data";
import { dropCharts } from "./chart";
import { clientDetails } from "./client-details";
import { element, fill } from "./element";
import type { Entry } from "./view";

/** The window with a client's details, which are made when it opens. */
export interface ClientDialog {
	node: HTMLDialogElement;
	/** Shows a client; none: closes the window. */
	show: (client: Entry | undefined) => void;
}

/**
 * Makes the window, closed.
 *
 * @param onClose called when the reader closes it
 */
export function clientDialog(data: PageData, onClose: () => void): ClientDialog {
	const title = element("h2", { id: "client-name", tabindex: "-1" });
	const details = element("div", { class: "details" });
	const close = element("button", { type: "button", click: () => node.close() }, "Close");
	const node = element(
		"dialog",
		{
			"aria-labelledby": "client-name",
			close: () => {
				empty();
				onClose();
			},
			// On the backdrop, not on what is in the window.
			click: ({ target }) => {
				if (target === node) node.close();
			},
		},
		element("div", { class: "inside" }, element("header", {}, title, close), details),
	);
	let shown: Entry | undefined;

	function empty(): void {
		shown = undefined;
		dropCharts(details);
		fill(details);
	}

	return {
		node,
		show: (client) => {
			if (client === shown) return;
			empty();
			if (client === undefined) {
				node.close();
				return;
			}
			shown = client;
			fill(title, client.name.trim() || "(no name)");
			if (!node.open) node.showModal();
			fill(details, clientDetails(client, data));
			node.scrollTop = 0;
			title.focus();
		},
	};
}
