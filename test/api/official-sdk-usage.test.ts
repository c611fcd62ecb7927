import { expect, test } from "vitest";
import type { GenesysCloudApi } from "../../provider/api";
import type { Seed } from "../../simulator";
import { connectOfficialSdk, type ErrorBody, type OfficialSdk } from "./support/official-sdk";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const clientId = "b0000000-0000-4000-8000-000000000001";
const interval = "2026-01-01T00:00:00/2026-01-14T23:59:59";

/** 130 operations: more than one page, however many the SDK asks for by default. */
const seed: Seed = {
	clients: [{ id: clientId, name: "busy" }],
	usage: Array.from({ length: 130 }, (_, index) => ({
		clientId,
		date: "2026-01-14",
		templateUri: `/api/v2/things/${index}`,
		httpMethod: "GET",
		status200: index,
		status400: 2,
		status429: 1,
	})),
};

type Theirs = OfficialSdk["usage"];

async function start() {
	const simulated = await startSimulatedApi({ seed });
	const sdk = connectOfficialSdk(simulated.simulator.url);
	await sdk.logIn(simulated.simulator.administrator);
	return { ...simulated, theirs: sdk.usage };
}

interface Result {
	queryStatus?: string;
	nextUri?: string;
	selfUri?: string;
}

/** Polls a job to its end, then reads its pages: what users of both have to do. The id of the job is left out. */
async function answersOf(jobId: string, get: (after?: string) => Promise<Result>) {
	const answers: Result[] = [];
	let after: string | undefined;
	do {
		const answer = await get(after);
		answers.push(JSON.parse(JSON.stringify(answer).replaceAll(jobId, "job")) as Result);
		after = new URL(answer.nextUri ?? "", "https://unused").searchParams.get("after") ?? undefined;
	} while (after !== undefined || answers.at(-1)?.queryStatus === "Queued");
	return answers;
}

const page = (after?: string) => ({ pageSize: 60, ...(after === undefined ? {} : { after }) });
const ofClient = { interval, granularity: "Day" as const, groupBy: ["TemplateUri" as const, "HttpMethod" as const] };
const ofAll = { ...ofClient, groupBy: ["OauthClientId" as const, "TemplateUri" as const], oauthClientIds: [clientId] };

const jobs: Record<
	string,
	[theirs: (api: Theirs) => Promise<Result[]>, ours: (api: GenesysCloudApi) => Promise<Result[]>]
> = {
	"one client": [
		async (api) => {
			const { id } = await api.postUsageClientClientIdAggregatesQueryJobs(clientId, ofClient);
			return answersOf(id, async (after) => api.getUsageClientClientIdAggregatesQueryJob(clientId, id, page(after)));
		},
		async (api) => {
			const { id } = await api.postUsageClientClientIdAggregatesQueryJobs(clientId, ofClient);
			return answersOf(id, async (after) => api.getUsageClientClientIdAggregatesQueryJob(clientId, id, page(after)));
		},
	],
	"the organization": [
		async (api) => {
			const { id } = await api.postUsageAggregatesQueryJobs(ofAll);
			return answersOf(id, async (after) => api.getUsageAggregatesQueryJob(id, page(after)));
		},
		async (api) => {
			const { id } = await api.postUsageAggregatesQueryJobs(ofAll);
			return answersOf(id, async (after) => api.getUsageAggregatesQueryJob(id, page(after)));
		},
	],
};

test.each(Object.entries(jobs))(
	"a job about %s: the vendor's SDK and our API layer get the same",
	async (_, [theirs, ours]) => {
		const started = await start();
		const expected = await theirs(started.theirs);
		expect(await ours(started.api)).toEqual(expected);
		expect(expected.map(({ queryStatus }) => queryStatus)).toEqual(["Queued", ...Array(3).fill("Succeeded")]);
	},
);

const codeOf = async (call: Promise<unknown>) => (await failureOf<Error & ErrorBody>(call)).code;

test("the SDK gets the vendor's refusals", async () => {
	const { theirs, simulator } = await start();
	expect(await codeOf(theirs.getUsageAggregatesQueryJob("none"))).toBe("not.found");
	expect(await codeOf(theirs.postUsageAggregatesQueryJobs({ interval: "today" }))).toBe("invalid.date");
	simulator.organization.dropPermissions(simulator.administrator.clientId, "usage:organization:view");
	expect(await codeOf(theirs.postUsageAggregatesQueryJobs(ofAll))).toBe("missing.any.permissions");
});
