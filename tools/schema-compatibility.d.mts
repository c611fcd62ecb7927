/** The incompatible changes between two schemas of the plugin, each in one line. What is new, and texts, are none. */
export function incompatibleChanges(released: object, current: object): string[];
/** Whether a version may break what the released one promised: a new major version may, and a new minor one while that is 0. */
export function mayBreak(releasedVersion: string, version: string): boolean;
