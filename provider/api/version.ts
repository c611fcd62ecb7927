/** The version of this package; a test compares it with package.json. */
export const version = "0.1.0";
/** Where this package is developed; a test compares it with package.json. */
export const homepage = "https://github.com/_OWNER_/pulumi-genesyscloud-oauth";
