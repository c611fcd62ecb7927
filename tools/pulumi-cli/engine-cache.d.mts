/** Where engines and hosts are kept, outside every work tree. */
export function cacheDirectory(): string;

/** Puts an engine beside a language host, in a directory for this content of the host, and returns that directory. */
export function withLanguageHost(engine: { directory: string; pulumi: string }, sources?: string): string;
