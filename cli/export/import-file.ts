import type { Program } from "./program";

/** A file for `pulumi import --file`: each resource with its type, name and id. */
export const renderImportFile = ({ resources }: Program): string =>
	`${JSON.stringify(
		{
			resources: resources.map(({ type, resourceName, importId }) => ({
				type: `genesyscloud-oauth:index:${type}`,
				name: resourceName,
				id: importId,
			})),
		},
		undefined,
		"\t",
	)}\n`;
