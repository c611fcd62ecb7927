/** The Python of a virtual environment. */
export function pythonOf(environment: string): string;
