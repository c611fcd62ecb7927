const declarations = {
	OAuthClient: (number, properties) => ({ [`client-${number}`]: resource("OAuthClient", properties) }),
	RotatingOAuthClient: (number, properties) => ({ [`pair-${number}`]: resource("RotatingOAuthClient", properties) }),
	IntegrationCredential: (number, properties) => ({
		[`client-${number}`]: resource("OAuthClient", properties),
		[`credential-${number}`]: resource("IntegrationCredential", {
			name: properties.name,
			fields: { clientId: `\${client-${number}.clientId}`, clientSecret: `\${client-${number}.clientSecret}` },
		}),
	}),
};

const resource = (type, properties) => ({ type: `genesyscloud-oauth:${type}`, properties });

/** The project file of a program in YAML, which declares the same as the programs beside this folder: so many, or those that are listed. */
export function yamlProject({ resource: type = "OAuthClient", count, first = 1, settings, listed }) {
	const each =
		listed ?? Array.from({ length: count }, (_, index) => ({ ...settings, name: `Client ${first + index}` }));
	const resources = each.map((properties, index) => declarations[type](first + index, properties));
	return `name: bench\nruntime: yaml\nresources: ${JSON.stringify(Object.assign({}, ...resources))}\n`;
}
