const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const { listed } = require("./settings.json");

// oxlint-disable-next-line no-new -- that is how Pulumi is told of a resource
for (const [index, client] of listed.entries()) new OAuthClient(`client-${index + 1}`, client);
