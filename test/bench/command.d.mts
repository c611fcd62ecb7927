export const cleanEnvironment: Record<string, string>;
export function requireOwnMachine(environment: Record<string, string | undefined>): void;
export function runCommand(command: string, args: string[], options: { env: Record<string, string> }): Promise<void>;
export function stopCommands(): void;
