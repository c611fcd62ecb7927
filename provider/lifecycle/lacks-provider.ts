import type { Properties } from "./properties";

/**
 * Whether state comes from the plugin and the program now uses the dynamic provider: without the serialized provider Pulumi could neither
 * read nor delete the resource, so an update, which takes no call, must store it.
 */
export const lacksProvider = (olds: Properties, news: Properties): boolean =>
	olds["__provider"] === undefined && news["__provider"] !== undefined;
