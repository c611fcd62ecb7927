export class Measurements {
	subjects: string[];
	constructor(lives: Record<string, unknown>[], resource: string);
}
