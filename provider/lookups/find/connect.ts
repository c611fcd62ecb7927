/** Connects to the API when it is needed: what connects may be loaded only then. */
export type Connect<Api> = () => Api | Promise<Api>;
