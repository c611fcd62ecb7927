/** A resource or a data source in Terraform's state. */
export interface TerraformEntry {
	type: string;
	name: string;
	/** What it has. */
	attributes: Record<string, unknown>;
	/** Whether it is a data source. */
	isData?: true;
	/** Its module, such as `module.web`. */
	module?: string;
	/** Its key in `count` or `for_each`. */
	index?: string | number;
	/** Its key, if it was replaced, and Terraform is still to delete it. */
	deposed?: string;
}

const modeOf = ({ isData }: TerraformEntry) => (isData ? "data" : "managed");
const provider = "registry.terraform.io/mypurecloud/genesyscloud";

/** Terraform's state file, version 4. */
export const stateFileOf = (entries: readonly TerraformEntry[]): string =>
	JSON.stringify({
		version: 4,
		terraform_version: "1.11.4",
		serial: 7,
		lineage: "1d0c0000-0000-4000-8000-000000000000",
		outputs: {},
		resources: entries.map((entry) => ({
			...(entry.module !== undefined && { module: entry.module }),
			mode: modeOf(entry),
			type: entry.type,
			name: entry.name,
			provider: `provider["${provider}"]`,
			instances: [
				{
					...(entry.index !== undefined && { index_key: entry.index }),
					...(entry.deposed !== undefined && { deposed: entry.deposed }),
					schema_version: 1,
					attributes: entry.attributes,
					sensitive_attributes: [],
				},
			],
		})),
		check_results: null,
	});

/** The same as `terraform show -json` prints it. */
export function shownStateOf(entries: readonly TerraformEntry[]): string {
	const shown = (entry: TerraformEntry) => ({
		address: [entry.module, entry.isData && "data", entry.type, entry.name].filter(Boolean).join("."),
		mode: modeOf(entry),
		type: entry.type,
		name: entry.name,
		...(entry.index !== undefined && { index: entry.index }),
		...(entry.deposed !== undefined && { deposed_key: entry.deposed }),
		provider_name: provider,
		schema_version: 1,
		values: entry.attributes,
		sensitive_values: {},
	});
	const modules = Map.groupBy(entries, ({ module: path }) => path);
	return JSON.stringify({
		format_version: "1.0",
		terraform_version: "1.11.4",
		values: {
			root_module: {
				resources: (modules.get(undefined) ?? []).map(shown),
				child_modules: [...modules].flatMap(([address, inside]) =>
					address === undefined ? [] : [{ address, resources: inside.map(shown) }],
				),
			},
		},
	});
}
