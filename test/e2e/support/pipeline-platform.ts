import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach } from "vitest";

/** A comment as the platform keeps it. */
interface StoredComment {
	id: number;
	body: string;
	/** Who wrote it: the pipeline, or somebody else. */
	by: "pipeline" | "person";
}

/** As much of GitHub and of GitLab as keeps the comments on pull request 7. */
class CommentPlatform {
	/** The comments, oldest first. */
	readonly comments: StoredComment[] = [];
	/** What changed something: method and path. */
	readonly changes: string[] = [];
	/** What was sent to be let in. */
	readonly credentials = new Set<string | undefined>();
	readonly #app = new Hono();
	#server: ReturnType<typeof createServer> | undefined;

	/** Starts it on a free port. */
	static async start(): Promise<CommentPlatform> {
		const platform = new CommentPlatform();
		platform.#route("/repos/team/clients/issues/7/comments", "/repos/team/clients/issues/comments", "patch");
		platform.#route("/projects/7/merge_requests/7/notes", "/projects/7/merge_requests/7/notes", "put");
		platform.#app.get("/user", (context) => context.json({ id: 1 }));
		await new Promise<void>((resolve) => {
			platform.#server = serve({ fetch: platform.#app.fetch, port: 0, hostname: "127.0.0.1" }, () => {
				resolve();
			}) as ReturnType<typeof createServer>;
		});
		return platform;
	}

	/** Its address. */
	get url(): string {
		return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`;
	}

	/** Writes a comment past the API. */
	add(by: StoredComment["by"], body: string): void {
		this.comments.push({ id: this.comments.length + 1, body, by });
	}

	/** Ends it. */
	close(): void {
		this.#server!.close();
		this.#server!.closeAllConnections();
	}

	#route(list: string, one: string, change: "patch" | "put"): void {
		this.#app.get(list, (context) => {
			this.credentials.add(context.req.header("authorization") ?? context.req.header("private-token"));
			const { per_page: size = "30", page = "1" } = context.req.query();
			const start = (Number(page) - 1) * Number(size);
			return context.json(this.comments.slice(start, start + Number(size)).map(shown));
		});
		this.#app.post(list, async (context) => {
			this.changes.push(`POST ${list}`);
			this.add("pipeline", (await context.req.json<{ body: string }>()).body);
			return context.json(shown(this.comments.at(-1)!), 201);
		});
		this.#app[change](`${one}/:id`, async (context) => {
			this.changes.push(`${change.toUpperCase()} ${context.req.path}`);
			const comment = this.comments.find(({ id }) => id === Number(context.req.param("id")))!;
			comment.body = (await context.req.json<{ body: string }>()).body;
			return context.json(shown(comment));
		});
	}
}

/**
 * For a test file: starts platforms, and ends them after the test.
 *
 * @returns what starts one for a test
 */
export function eachPlatform(): () => Promise<CommentPlatform> {
	const platforms: CommentPlatform[] = [];
	afterEach(() => {
		for (const platform of platforms.splice(0)) platform.close();
	});
	return async () => {
		const platform = await CommentPlatform.start();
		platforms.push(platform);
		return platform;
	};
}

const shown = ({ id, body, by }: StoredComment) => ({
	id,
	body,
	user: { type: by === "pipeline" ? "Bot" : "User" },
	author: { id: by === "pipeline" ? 1 : 2 },
});
