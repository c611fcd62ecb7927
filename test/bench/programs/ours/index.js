const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const { clients, settings } = require("./settings.json");

for (let number = 1; number <= clients; number++) {
	// oxlint-disable-next-line no-new -- that is how Pulumi is told of a resource
	new OAuthClient(`client-${number}`, { ...settings, name: `Client ${number}` });
}
