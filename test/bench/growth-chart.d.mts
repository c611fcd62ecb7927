interface Line {
	title: string;
	points: [clients: number, seconds: number][];
}
export function growthChart(panels: { title: string; lines: Line[] }[]): Promise<string>;
