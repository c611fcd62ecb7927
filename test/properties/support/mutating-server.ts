import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
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
	const agent = new Agent({ keepAlive: true });
	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		const { method, url, headers } = request;
		const forwarded = send(`${target}${url}`, { method, headers, agent });
		request.pipe(forwarded);
		const [answered] = (await once(forwarded, "response")) as [IncomingMessage];
		const original = await textOf(answered);
		for (const [, secret = ""] of original.matchAll(/"(?:secret|access_token)":"([^"]+)"/g)) own.secrets.add(secret);
		const isTurn = original !== "" && own.answers === planned?.answer;
		if (original !== "") own.answers += 1;
		const { "inin-correlation-id": correlationId = "", date = "" } = answered.headers;
		response.writeHead(answered.statusCode ?? 0, { "inin-correlation-id": correlationId, date });
		response.end(isTurn ? planned?.of(original) : original);
	};
	const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
		agent.destroy();
	});
	own.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return own;
}

async function textOf(answer: IncomingMessage): Promise<string> {
	let text = "";
	answer.setEncoding("utf8").on("data", (part: string) => (text += part));
	await once(answer, "end");
	return text;
}
