/** Acts as the new service: gets a token for its id and secret, and makes one API call with it. */
export async function logInAndCall(url, { clientId, clientSecret, path }) {
	const login = await fetch(`${url}/oauth/token`, {
		method: "POST",
		headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	const { access_token: token } = await login.json();
	const call = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
	return { login: login.status, call: call.status, body: await call.json() };
}
