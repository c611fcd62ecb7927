/** Where engines and hosts are kept, outside every work tree. */
export function cacheDirectory(): string;
