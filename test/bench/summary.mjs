import { counted, megabytes, number } from "./measurements.mjs";

const compared = { executable: "the plugin in YAML", ours: "the npm package", terraform: "Terraform" };

/** What a reader wants to know first, in three sentences: the smallest number of clients, 100 at most, and the largest. */
export function summaryOf(measurements) {
	const names = Object.keys(compared).filter((name) => measurements.subjects.includes(name));
	const { sizes, largest } = measurements;
	const [smallest] = sizes;
	const usual = sizes.findLast((count) => count <= 100) ?? largest;
	const secondsOf = (count, step) =>
		names.map((name) => {
			const seconds = measurements.over(name, count, (life) => life[step].seconds);
			return number(seconds, seconds < 10 ? 1 : 0);
		});
	const inSeconds = (count, step) => listed(secondsOf(count, step));
	const creating = secondsOf(smallest, "create").map(
		(seconds, index) => `${seconds}${index === 0 ? " seconds" : ""} with ${compared[names[index]]}`,
	);
	const memory = names.map((name) => number(measurements.over(name, smallest, (life) => megabytes(life.create))));
	return [
		`Creating ${clients(smallest)} takes ${listed(creating)}; their providers take ${listed(memory)} MB of memory.`,
		`With ${clients(usual)}, in the same order, creating takes ${inSeconds(usual, "create")} seconds; a run without changes, ${inSeconds(usual, "unchanged")}; changing all, ${inSeconds(usual, "change")}.`,
		`With ${clients(largest)} in one stack, creating takes ${inSeconds(largest, "create")} seconds, since Pulumi saves the whole state with each change; [several stacks](large-stacks.md) take less.`,
	].join(" ");
}

const clients = (count) => counted(count, "clients");

const listed = (values) => new Intl.ListFormat("en").format(values);
