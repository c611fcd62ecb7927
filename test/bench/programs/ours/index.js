const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const { clients, first = 1, settings } = require("./settings.json");

for (let number = first; number < first + clients; number++) {
	// oxlint-disable-next-line no-new -- that is how Pulumi is told of a resource
	new OAuthClient(`client-${number}`, { ...settings, name: `Client ${number}` });
}
