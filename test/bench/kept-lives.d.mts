export interface Place {
	subject: string;
	resource: string;
	count: number;
	run: number;
}
export class KeptLives {
	static open(file: string, conditions: unknown): Promise<KeptLives>;
	find(place: Place): Place | undefined;
	add(life: Place): Promise<void>;
	forget(): Promise<void>;
}
