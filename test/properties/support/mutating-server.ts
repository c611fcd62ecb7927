import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A server between the provider and the simulator, which changes one answer on the way. */
export interface MutatingServer {
	url: string;
	/** How many answers with a body have passed since the last plan. */
	answers: number;
	/** Every secret and token that has passed. */
	secrets: Set<string>;
	/** Changes the body of the answer with this number, from 0; undefined changes none. Counts from 0 again. */
	plan: (change?: { answer: number; of: (body: string) => string }) => void;
}

/** Starts it; it ends with the test. */
export async function startMutatingServer(target: string): Promise<MutatingServer> {
	let planned: Parameters<MutatingServer["plan"]>[0];
	const own: MutatingServer = {
		url: "",
		answers: 0,
		secrets: new Set(),
		plan: (change) => {
			planned = change;
			own.answers = 0;
		},
	};
	const server = createServer((request, response) => {
		void (async () => {
			const { method = "GET", url = "/", headers } = request;
			const body = await text(request);
			const answer = await fetch(`${target}${url}`, {
				method,
				headers: {
					authorization: String(headers.authorization),
					...(body === "" ? {} : { "content-type": String(headers["content-type"]) }),
				},
				...(body === "" ? {} : { body }),
			});
			const original = await answer.text();
			for (const [, secret = ""] of original.matchAll(/"(?:secret|access_token)":"([^"]+)"/g)) own.secrets.add(secret);
			const isTurn = original !== "" && own.answers === planned?.answer;
			if (original !== "") own.answers += 1;
			response.writeHead(answer.status, {
				"inin-correlation-id": answer.headers.get("inin-correlation-id") ?? "",
				date: answer.headers.get("date") ?? "",
			});
			response.end(isTurn ? planned?.of(original) : original);
		})();
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	own.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return own;
}
