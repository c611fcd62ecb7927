// Looks up 200 clients by their names, at the same time: run without Pulumi, whose own work would be most of it.
const { getOAuthClient } = require("pulumi-genesyscloud-oauth");

const names = Array.from({ length: 200 }, (_, index) => `Client ${index + 1} of the bench`);
void Promise.all(names.map((name) => getOAuthClient({ name })));
