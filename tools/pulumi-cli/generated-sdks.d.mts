/** Where the SDKs of the plugin are, ready to be used. */
export interface GeneratedSdks {
	/** The directory of the module for Go. */
	go: string;
	/** The directory of the package for Node. */
	nodejs: string;
	/** The directory of a virtual environment that has the package for Python. */
	python: string;
	/** The directory of the generator, which belongs on PATH. */
	generator: string;
}

/** Finds the SDKs of the plugin in each language, or generates them; what they need is installed. `engine` is the path of the `pulumi` in use. */
export function findSdks(options: { engine: string; log?: (line: string) => void }): Promise<GeneratedSdks>;
