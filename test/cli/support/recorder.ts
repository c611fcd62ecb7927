import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { gatewayHosts, type Hosts } from "../../../provider/api";
import type { Simulator } from "../../../simulator";

/** A gateway before a simulator that remembers each secret and token that goes through it, until the test ends. */
export async function startRecorder({ url }: Simulator): Promise<{ hosts: Hosts; secrets: string[] }> {
	const secrets: string[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const { authorization = "", "content-type": type = "" } = request.headers;
			const body = await text(request);
			const answer = await fetch(url + request.url, {
				method: request.method ?? "GET",
				headers: { authorization, ...(type === "" ? {} : { "content-type": type }) },
				...(body === "" ? {} : { body }),
			});
			const answered = await answer.text();
			for (const [, secret = ""] of answered.matchAll(/"(?:secret|access_token)":"([^"]+)"/g)) secrets.push(secret);
			const headers = [...answer.headers].filter(([name]) => !/^(content-length|connection|keep-alive)$/.test(name));
			response.writeHead(answer.status, Object.fromEntries(headers)).end(answered);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => server.close().closeAllConnections());
	const { port } = server.address() as AddressInfo;
	return { hosts: gatewayHosts({ protocol: "http", host: "127.0.0.1", port: String(port) }), secrets };
}
