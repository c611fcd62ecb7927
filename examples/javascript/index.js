"use strict";
const pulumi = require("@pulumi/pulumi");
const { getAuthorizationRoleOutput, OAuthClient } = require("pulumi-genesyscloud-oauth");

const config = new pulumi.Config();

// The role is looked up by its name, so no id has to be known.
const role = getAuthorizationRoleOutput({ name: config.require("serviceRole") });

// A service that runs without a person, with the permissions of its role in the home division.
const service = new OAuthClient("service", {
	name: "Nightly export",
	description: "Exports conversations to the data lake every night",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id }],
});

exports.clientId = service.clientId;
exports.clientSecret = service.clientSecret; // a Pulumi secret by itself
