import { readFileSync } from "node:fs";

/** What to post, and where. */
export interface CommentOptions {
	/** The file with the Markdown. Its first line tells this pipeline's comment from others. */
	markdown: string;
	/** The number of the pull request or merge request. */
	number: string;
	/** The variables that GitHub Actions or GitLab CI sets, and the token. */
	environment: NodeJS.ProcessEnv;
}

interface Comment {
	id: number;
	body: string;
	/** GitHub's author. */
	user?: { type: string };
	/** GitLab's author. */
	author?: { id: number };
}

/** How a platform keeps the comments on a pull request. */
interface Platform {
	/** The address of the comments. */
	comments: string;
	/** The address of one of them. */
	comment(id: number): string;
	/** What changes a comment. */
	change: "PATCH" | "PUT";
	/** What lets us in. */
	headers: Record<string, string>;
	/** Whether a comment is by a pipeline: anybody can write our first line, and our token may change anybody's comment. */
	isOurs(comment: Comment): boolean;
}

const perPage = 100;

/**
 * Posts a comment on a pull request, or changes the one of an earlier run.
 *
 * @returns a line that says what was done
 */
export async function postComment({ markdown, number, environment }: CommentOptions): Promise<string> {
	const body = readFileSync(markdown, "utf8");
	const [marker = ""] = body.split("\n");
	const platform = await platformOf(environment, number);
	const earlier = await findComment(platform, marker);
	if (earlier === undefined) {
		await call(platform, "POST", platform.comments, body);
		return `commented on ${number}`;
	}
	await call(platform, platform.change, platform.comment(earlier.id), body);
	return `changed the comment on ${number}`;
}

async function findComment(platform: Platform, marker: string): Promise<Comment | undefined> {
	for (let page = 1; ; page += 1) {
		const comments = await call<Comment[]>(platform, "GET", `${platform.comments}?per_page=${perPage}&page=${page}`);
		const found = comments.find((comment) => comment.body.startsWith(marker) && platform.isOurs(comment));
		if (found !== undefined || comments.length < perPage) return found;
	}
}

async function platformOf(environment: NodeJS.ProcessEnv, number: string): Promise<Platform> {
	const need = (name: string) => {
		const value = environment[name];
		if (!value)
			throw new Error(`commenting on ${number}: ${name} isn't set; the README says which variables a comment needs`);
		return value;
	};
	if (environment["GITHUB_ACTIONS"] === "true") {
		const repository = `${need("GITHUB_API_URL")}/repos/${need("GITHUB_REPOSITORY")}`;
		return {
			comments: `${repository}/issues/${number}/comments`,
			comment: (id) => `${repository}/issues/comments/${id}`,
			change: "PATCH",
			headers: { authorization: `Bearer ${need("GITHUB_TOKEN")}`, accept: "application/vnd.github+json" },
			isOurs: ({ user }) => user?.type === "Bot",
		};
	}
	if (environment["GITLAB_CI"] === "true") {
		const api = need("CI_API_V4_URL");
		const notes = `${api}/projects/${need("CI_PROJECT_ID")}/merge_requests/${number}/notes`;
		const platform: Platform = {
			comments: notes,
			comment: (id) => `${notes}/${id}`,
			change: "PUT",
			headers: { "private-token": need("GITLAB_COMMENT_TOKEN") },
			isOurs: () => false,
		};
		const { id: self } = await call<{ id: number }>(platform, "GET", `${api}/user`);
		return { ...platform, isOurs: ({ author }) => author?.id === self };
	}
	throw new Error(
		"commenting works in GitHub Actions and in GitLab CI only: neither GITHUB_ACTIONS nor GITLAB_CI is true",
	);
}

async function call<T>(platform: Platform, method: string, url: string, body?: string): Promise<T> {
	const response = await fetch(url, {
		method,
		headers: { ...platform.headers, "content-type": "application/json", "user-agent": "genesyscloud-oauth-pipeline" },
		...(body === undefined ? {} : { body: JSON.stringify({ body }) }),
		signal: AbortSignal.timeout(30_000),
	});
	if (!response.ok) {
		throw new Error(
			`${method} ${new URL(url).pathname} was answered with ${response.status}: check that the token may write comments`,
		);
	}
	return (await response.json()) as T;
}
