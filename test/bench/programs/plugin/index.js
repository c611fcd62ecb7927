// What Pulumi generates for Node programs from the plugin's schema, without what only types need.
const { CustomResource } = require("@pulumi/pulumi");
const { count, first = 1, settings } = require("./settings.json");

class OAuthClient extends CustomResource {
	constructor(name, args) {
		const outputs = { clientId: undefined, clientSecret: undefined, secretVersion: undefined, dateCreated: undefined };
		super(
			"genesyscloud-oauth:index:OAuthClient",
			name,
			{ ...outputs, ...args },
			{ additionalSecretOutputs: ["clientSecret"] },
		);
	}
}

for (let number = first; number < first + count; number++) {
	// oxlint-disable-next-line no-new -- that is how Pulumi is told of a resource
	new OAuthClient(`client-${number}`, { ...settings, name: `Client ${number}` });
}
