// The least that Pulumi's engine takes for as many resources with the same arguments: a provider that does nothing but wait as long as
// the calls take that Genesys Cloud demands of everybody, a login for each run included.
const pulumi = require("@pulumi/pulumi");
const { count, first = 1, settings, latency } = require("./settings.json");

const wait = (calls) => new Promise((resolve) => setTimeout(resolve, calls * latency));

async function after(calls) {
	// What a provider remembers must stand outside of what Pulumi serialises.
	globalThis.benchLogin ??= wait(1);
	await globalThis.benchLogin;
	await wait(calls);
}

const provider = {
	async create(inputs) {
		await after(1);
		return { id: inputs.name, outs: inputs };
	},
	async read(id, props) {
		await after(1);
		return { id, props };
	},
	async update(_id, _olds, news) {
		await after(1);
		return { outs: news };
	},
	async delete() {
		// Genesys Cloud deletes no active client: a PUT comes first.
		await after(2);
	},
};

class Waiting extends pulumi.dynamic.Resource {
	constructor(name, args) {
		super(provider, name, args, undefined, "bench", "Waiting");
	}
}

for (let number = first; number < first + count; number++) {
	// oxlint-disable-next-line no-new -- that is how Pulumi is told of a resource
	new Waiting(`client-${number}`, { ...settings, name: `Client ${number}` });
}
