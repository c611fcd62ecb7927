// A dynamic provider as people write it today: got and the credentials captured by the provider, a login for each operation. It is here
// to be measured, not to be copied: what it captures stands in clear in the state of every client.
const pulumi = require("@pulumi/pulumi");
const got = require("got");
const { count, first = 1, settings } = require("./settings.json");

const {
	GENESYSCLOUD_OAUTHCLIENT_ID: username,
	GENESYSCLOUD_OAUTHCLIENT_SECRET: password,
	GENESYSCLOUD_GATEWAY_HOST: host,
	GENESYSCLOUD_GATEWAY_PORT: port,
} = process.env;
const url = `http://${host}:${port}`;

async function login() {
	const form = { grant_type: "client_credentials" };
	const { access_token: token } = await got.default.post(`${url}/oauth/token`, { username, password, form }).json();
	return { authorization: `Bearer ${token}` };
}

class OAuthClientProvider {
	async create(inputs) {
		const headers = await login();
		const client = await got.default.post(`${url}/api/v2/oauth/clients`, { headers, json: bodyOf(inputs) }).json();
		return { id: client.id, outs: { ...inputs, clientId: client.id, clientSecret: client.secret } };
	}

	async read(id, props) {
		const headers = await login();
		const client = await got.default.get(`${url}/api/v2/oauth/clients/${id}`, { headers }).json();
		return { id, props: { ...props, name: client.name, description: client.description } };
	}

	async update(id, olds, news) {
		const headers = await login();
		await got.default.put(`${url}/api/v2/oauth/clients/${id}`, { headers, json: bodyOf(news) });
		return { outs: { ...news, clientId: olds.clientId, clientSecret: olds.clientSecret } };
	}

	async delete(id, props) {
		const headers = await login();
		await got.default.put(`${url}/api/v2/oauth/clients/${id}`, {
			headers,
			json: { ...bodyOf(props), state: "inactive" },
		});
		await got.default.delete(`${url}/api/v2/oauth/clients/${id}`, { headers });
	}
}

function bodyOf({ name, description, authorizedGrantType, scope, registeredRedirectUri }) {
	return { name, description, authorizedGrantType, scope, registeredRedirectUri };
}

const provider = new OAuthClientProvider();

class OAuthClient extends pulumi.dynamic.Resource {
	constructor(name, args) {
		const outputs = { clientId: undefined, clientSecret: undefined };
		super(provider, name, { ...outputs, ...args }, { additionalSecretOutputs: ["clientSecret"] });
	}
}

for (let number = first; number < first + count; number++) {
	// oxlint-disable-next-line no-new -- that is how Pulumi is told of a resource
	new OAuthClient(`client-${number}`, { ...settings, name: `Client ${number}` });
}
