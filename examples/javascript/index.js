"use strict";
const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");

const config = new pulumi.Config();

// A service that runs without a person, with the permissions of its role in the home division.
const service = new OAuthClient("service", {
	name: "Nightly export",
	description: "Exports conversations to the data lake every night",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: config.require("serviceRoleId") }],
});

exports.clientId = service.clientId;
exports.clientSecret = service.clientSecret; // a Pulumi secret by itself
