/** Finds Pulumi's host for YAML programs, or builds it; its directory belongs on PATH. */
export function findYamlHost(options: { engine: string; log?: (line: string) => void }): Promise<string>;
