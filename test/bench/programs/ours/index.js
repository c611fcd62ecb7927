const { IntegrationCredential, OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const { resource, count, first = 1, settings } = require("./settings.json");

const declarations = {
	OAuthClient: (number, args) => new OAuthClient(`client-${number}`, args),
	RotatingOAuthClient: (number, args) => new RotatingOAuthClient(`pair-${number}`, args),
	IntegrationCredential(number, args) {
		const client = new OAuthClient(`client-${number}`, args);
		return new IntegrationCredential(`credential-${number}`, { name: args.name, client });
	},
};

for (let number = first; number < first + count; number++) {
	declarations[resource](number, { ...settings, name: `Client ${number}` });
}
