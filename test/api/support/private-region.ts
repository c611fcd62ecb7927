import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { proxy } from "hono/proxy";
import { generate } from "selfsigned";
import { afterAll } from "vitest";
import type { Simulator } from "../../../simulator";

/** A region whose hosts have names that nobody can look up: only a proxy leads there, or nothing. */
export const region = "genesys.test";

/** A certificate authority of the test file's own. */
interface Authority {
	/** The file with its certificate, for NODE_EXTRA_CA_CERTS. */
	file: string;
	/** Makes a certificate for these names and addresses; it ends in a year, or when the test says. */
	certify: (names: string[], notAfterDate?: Date) => Promise<{ key: string; cert: string }>;
}

/** Makes an authority. */
async function createAuthority(): Promise<Authority> {
	const common = { keyType: "ec", algorithm: "sha256" } as const;
	const { private: key, cert } = await generate([{ name: "commonName", value: "The company's CA" }], {
		...common,
		extensions: [
			{ name: "basicConstraints", cA: true, critical: true },
			{ name: "keyUsage", keyCertSign: true, critical: true },
		],
	});
	const directory = mkdtempSync(join(tmpdir(), "oauth-ca-"));
	const file = join(directory, "ca.pem");
	writeFileSync(file, cert);
	return {
		file,
		certify: async (names, notAfterDate) => {
			const altNames = names.map((name) =>
				/^[\d.]+$/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
			);
			const made = await generate([{ name: "commonName", value: names[0] ?? "" }], {
				...common,
				ca: { key, cert },
				...(notAfterDate && { notBeforeDate: new Date(0), notAfterDate }),
				extensions: [{ name: "subjectAltName", altNames }],
			});
			return { key: made.private, cert: made.cert };
		},
	};
}

/** A simulated organization in the region, behind TLS. */
export interface PrivateRegion {
	authority: Authority;
	/** The region's server. It listens nowhere: a proxy hands it its connections. */
	server: Server;
	/** Each request that came, as `METHOD host/path`. */
	requests: string[];
	/** The variables that lead to it, as the organization's administrator, but for those of a proxy. */
	variables: Record<string, string>;
}

/** For a test file: puts simulated organizations into the region, whose certificates are of one authority. */
export function privateRegions() {
	let authority: Promise<Authority> | undefined;
	afterAll(async () => authority && rmSync(dirname((await authority).file), { recursive: true }));

	/** @param names what its certificate is for */
	return async (simulator: Simulator, names = [`*.${region}`]): Promise<PrivateRegion> =>
		startPrivateRegion(simulator, await (authority ??= createAuthority()), names);
}

async function startPrivateRegion(
	{ url, administrator }: Simulator,
	authority: Authority,
	names: string[],
): Promise<PrivateRegion> {
	const requests: string[] = [];
	const app = new Hono().all("*", async ({ req }) => {
		requests.push(`${req.method} ${req.header("host")}${req.path}`);
		return proxy(url + req.path + new URL(req.url).search, { raw: req.raw });
	});
	const server = createAdaptorServer({
		fetch: app.fetch,
		createServer,
		serverOptions: await authority.certify(names),
	}) as Server;
	return {
		authority,
		server,
		requests,
		variables: {
			GENESYSCLOUD_OAUTHCLIENT_ID: administrator.clientId,
			GENESYSCLOUD_OAUTHCLIENT_SECRET: administrator.clientSecret,
			GENESYSCLOUD_REGION: region,
			NODE_EXTRA_CA_CERTS: authority.file,
		},
	};
}
