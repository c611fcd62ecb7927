/** A class of this package for a resource. */
export interface ResourceClass {
	readonly __pulumiType: string;
}

/** Whether a type is a class's: of the dynamic provider, or of the plugin, which every other language uses. */
export function isTypeOf({ __pulumiType }: ResourceClass, type: string | undefined): boolean {
	return type === __pulumiType || type === `genesyscloud-oauth:index:${__pulumiType.split(":").at(-1)}`;
}
