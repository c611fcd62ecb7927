export function reportOf(run: {
	measured: Record<string, unknown>[];
	latency: number;
	engine: string;
	setting: string[];
	terraformDate?: string;
}): string;
