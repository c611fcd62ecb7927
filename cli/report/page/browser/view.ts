import type { PageClient, PageData, PageFinding } from "../page-data";

/** What the reader looks at: the filter, the order of the clients, the open client. All of it is in the page's address. */
export interface View {
	/** A text that a client's name, id, description, redirect URIs, authors or stacks contain. */
	text: string;
	/** A severity, or "". */
	severity: string;
	/** The name of a finding, "none" for clients without findings, or "". */
	finding: string;
	/** A grant type, or "". */
	grant: string;
	/** A state, or "". */
	state: string;
	/** A stack as `project/stack`, "none" for clients that no given stack manages, or "". */
	stack: string;
	/** The key of the column that the clients are ordered by, after a `-` if descending; "" for the name. */
	sort: string;
	/** The id of the client whose details are open, or "". */
	client: string;
}

/** The whole report. */
export const wholeReport: View = {
	text: "",
	severity: "",
	finding: "",
	grant: "",
	state: "",
	stack: "",
	sort: "",
	client: "",
};

/** The view that an address's fragment describes. */
export function parseView(fragment: string): View {
	const given = new URLSearchParams(fragment.replace(/^#/, ""));
	return Object.fromEntries(Object.keys(wholeReport).map((key) => [key, given.get(key) ?? ""])) as unknown as View;
}

/** The fragment of an address that describes the view; "" for the whole report. */
export function fragmentOf(view: Partial<View>): string {
	const given = Object.entries(view).filter(([, value]) => value !== "");
	return given.length === 0 ? "" : `#${new URLSearchParams(given).toString()}`;
}

/** A client with what the page needs to find it. */
export interface Entry extends PageClient {
	/** Its findings, the most severe first. */
	findings: PageFinding[];
	/** The stacks that manage it, as `project/stack`. */
	stacks: string[];
	/** What the filter's text is looked for in: lower case. */
	text: string;
}

/** The clients of the report, in its order. */
export function entriesOf({ clients, findings }: Pick<PageData, "clients" | "findings">): Entry[] {
	const byClient = Map.groupBy(findings, ({ client }) => client);
	return clients.map((client, index) => {
		const { createdBy, modifiedBy, managedBy } = client;
		const authors = [createdBy, modifiedBy].flatMap((author) => (author ? [author.name, author.id] : []));
		const managers = (managedBy ?? []).map(({ project, stack, resource }) => `${project}/${stack} ${resource}`);
		const texts = [
			client.name,
			client.id,
			client.description,
			...client.registeredRedirectUri,
			...authors,
			...managers,
		];
		return {
			...client,
			findings: byClient.get(index) ?? [],
			stacks: [...new Set((managedBy ?? []).map(({ project, stack }) => `${project}/${stack}`))],
			text: texts.join("\n").toLowerCase(),
		};
	});
}

/** The clients and findings that the filter lets through: a finding of a client that fits, a client with a finding that fits. */
export function applyFilter(
	entries: readonly Entry[],
	findings: readonly PageFinding[],
	view: View,
): { clients: Entry[]; findings: PageFinding[] } {
	const text = view.text.trim().toLowerCase();
	const fitsClient = (entry: Entry) =>
		entry.text.includes(text) &&
		(view.grant === "" || entry.authorizedGrantType === view.grant) &&
		(view.state === "" || entry.state === view.state) &&
		(view.stack === "" || (view.stack === "none" ? entry.stacks.length === 0 : entry.stacks.includes(view.stack)));
	const fitsFinding = ({ severity, finding }: PageFinding) =>
		(view.severity === "" || severity === view.severity) && (view.finding === "" || finding === view.finding);
	const fitting = new Set(entries.filter((entry) => fitsClient(entry)));
	const anyFinding = view.severity === "" && view.finding === "";
	const clients = [...fitting].filter((entry) => {
		if (view.finding === "none") return view.severity === "" && entry.findings.length === 0;
		return anyFinding || entry.findings.some((finding) => fitsFinding(finding));
	});
	return {
		clients,
		findings: findings.filter((finding) => {
			const entry = entries[finding.client];
			return entry !== undefined && fitting.has(entry) && fitsFinding(finding);
		}),
	};
}
