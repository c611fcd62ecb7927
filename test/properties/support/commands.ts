import * as fc from "fast-check";
import type { Arbitrary, AsyncCommand } from "fast-check";
import { adoptionOf } from "../../../provider/lifecycle/oauth-client/kind";
import type { Properties } from "../../../provider/lifecycle/properties";
import { type ClientChange, DIVISION_IDS, ROLE_IDS } from "../../../simulator";
import { paths } from "../../api/support/client-requests";
import type { FaultKind } from "../../api/support/simulated-api";
import type { World } from "./world";

/** What fast-check remembers of a history: the names that are declared. */
interface Model {
	declared: Set<string>;
}

type Command = AsyncCommand<Model, World>;

const hour = 3_600_000;

/** A step of a history. Between two steps an hour passes, so that a client of today isn't taken for one that was made long before. */
function command(
	title: string,
	run: (world: World, model: Model) => Promise<unknown> | void,
	check: (model: Model) => boolean = () => true,
): Command {
	return {
		check,
		run: async (model, world) => {
			world.simulated.clock.advance(hour);
			await run(world, model);
		},
		toString: () => title,
	};
}

const resourceName = fc.constantFrom("alpha", "beta", "gamma");
/** Few names, so that clients have namesakes. */
const clientName = fc.constantFrom("CRM sync", "Agent desktop");
const roles = fc.uniqueArray(
	fc.constantFrom(
		{ roleId: ROLE_IDS.employee },
		{ roleId: ROLE_IDS.communicateUser, divisionId: DIVISION_IDS.support },
		{ roleId: ROLE_IDS.masterAdmin, divisionId: "*" },
	),
	{ minLength: 1 },
);
const common = {
	name: clientName,
	description: fc.constantFrom("", "Copies contacts", "Other"),
	accessTokenValiditySeconds: fc.constantFrom(3600, 7200),
	state: fc.constantFrom("active", "inactive"),
	deletion: fc.constantFrom("delete", "deactivate"),
	secretRotation: fc.constantFrom<Properties>({ maxAgeDays: 30 }, { rotateWhenChanged: { turn: 0 } }),
	replaceOnGrantTypeChange: fc.constant(false),
	secretSink: fc.constant("sink"),
};
const service = fc.record(
	{
		...common,
		authorizedGrantType: fc.constant("CLIENT-CREDENTIALS"),
		roleDivisions: roles,
		detectSecretReset: fc.constant(true),
	},
	{ requiredKeys: ["name", "authorizedGrantType", "roleDivisions", "detectSecretReset"] },
);
const { secretRotation: _rotation, secretSink: _sink, ...withoutSecret } = common;
const forUsers = {
	scope: fc.uniqueArray(fc.constantFrom("users", "users:readonly", "routing"), { minLength: 1 }),
	registeredRedirectUri: fc.uniqueArray(fc.constantFrom("https://a.example.com/cb", "https://b.example.com/cb"), {
		minLength: 1,
	}),
};
const webApp = fc.record(
	{ ...common, ...forUsers, authorizedGrantType: fc.constant("CODE") },
	{ requiredKeys: ["name", "authorizedGrantType", "scope", "registeredRedirectUri"] },
);
const implicit = fc.record(
	{ ...withoutSecret, ...forUsers, authorizedGrantType: fc.constant("TOKEN") },
	{ requiredKeys: ["name", "authorizedGrantType", "scope", "registeredRedirectUri"] },
);
const program: Arbitrary<Properties> = fc.oneof(
	{ arbitrary: service, weight: 4 },
	{ arbitrary: webApp, weight: 2 },
	{ arbitrary: implicit, weight: 1 },
);

/** The resources that are declared to adopt a client. */
const adoptersOf = ({ program: declared }: World, id: string): string[] =>
	[...declared].filter(([, settings]) => adoptionOf(settings)?.clientId === id).map(([name]) => name);

const declare = fc.tuple(resourceName, program).map(([name, settings]) =>
	command(`declare ${name} ${JSON.stringify(settings)}`, (world, { declared }) => {
		// Whoever declares one client twice has made a mistake that nobody here is told of.
		const id = world.engine.row(name)?.id;
		if (id !== undefined && adoptersOf(world, id).some((other) => other !== name)) return;
		declared.add(name);
		const { secretSink, ...others } = settings;
		world.program.set(name, secretSink === undefined ? others : { ...others, secretSink: world.sink.module });
	}),
);

const isDeclared =
	(name: string) =>
	({ declared }: Model) =>
		declared.has(name);

const remove = resourceName.map((name) =>
	command(
		`remove ${name}`,
		(world, { declared }) => {
			declared.delete(name);
			world.program.delete(name);
		},
		isDeclared(name),
	),
);

const release = resourceName.map((name) =>
	command(
		`release ${name}`,
		(world, { declared }) => {
			declared.delete(name);
			world.program.delete(name);
			const id = world.clientOf(name)?.id;
			world.engine.release(name);
			const isManaged = world.engine.rows.some((row) => row.id === id);
			if (id !== undefined && !isManaged) world.left.add(id);
		},
		isDeclared(name),
	),
);

/** Adopts a stranger, or one that was released or deactivated. */
const adopt = fc
	.tuple(resourceName, service, fc.boolean(), fc.boolean(), fc.nat(5))
	.map(([name, settings, rotateSecret, isNew, which]) =>
		command(`adopt ${name} ${JSON.stringify({ settings, rotateSecret, isNew, which })}`, (world, { declared }) => {
			const free = [...world.left].filter(
				(id) => world.organization.client(id)?.authorizedGrantType === "CLIENT-CREDENTIALS",
			);
			const found = isNew ? undefined : free.filter((id) => adoptersOf(world, id).length === 0)[which];
			const clientId = found ?? world.addStranger(settings.name);
			// An hour later: it isn't of this run.
			world.simulated.clock.advance(hour);
			declared.add(name);
			const { secretSink: _, ...others } = settings;
			world.program.set(name, { ...others, adopt: { clientId, rotateSecret } });
		}),
	);

/** One resource leaves the program, and another adopts its client in the same run. */
const handOver = fc
	.tuple(resourceName, resourceName)
	.filter(([from, to]) => from !== to)
	.map(([from, to]) =>
		command(
			`hand the client of ${from} to ${to}`,
			(world, { declared }) => {
				const client = world.clientOf(from);
				const settings = world.program.get(from);
				if (client === undefined || settings?.["authorizedGrantType"] !== "CLIENT-CREDENTIALS") return;
				if (client.authorizedGrantType !== "CLIENT-CREDENTIALS") return;
				world.program.delete(from);
				declared.delete(from);
				world.program.set(to, { ...settings, adopt: { clientId: client.id, rotateSecret: true } });
				declared.add(to);
			},
			isDeclared(from),
		),
	);

const turn = fc.tuple(resourceName, fc.nat(9)).map(([name, number]) =>
	command(
		`turn ${name} ${number}`,
		(world) => {
			const settings = world.program.get(name);
			if (settings === undefined || settings["authorizedGrantType"] === "TOKEN") return;
			world.program.set(name, { ...settings, secretRotation: { rotateWhenChanged: { turn: number } } });
		},
		isDeclared(name),
	),
);

const up = fc.constant(
	command("preview and up", async (world) => {
		await world.preview();
		await world.up();
	}),
);
const refresh = fc.constant(command("refresh", async (world) => world.refresh()));
const destroy = fc.constant(command("destroy", async (world) => world.destroy()));

type Drift = (world: World, id: string, grant: string) => void;
const edits: Record<string, (isService: boolean) => ClientChange> = {
	description: () => ({ description: "Changed by hand" }),
	name: () => ({ name: "Agent desktop" }),
	"token life": () => ({ accessTokenValiditySeconds: 300 }),
	"redirect URIs": () => ({ registeredRedirectUri: ["https://by-hand.example.com/cb"] }),
	"scopes or roles": (isService) =>
		isService
			? { roleDivisions: [{ roleId: ROLE_IDS.scimIntegration, divisionId: DIVISION_IDS.home }] }
			: { scope: ["analytics"] },
	grant: (isService) => (isService ? { authorizedGrantType: "CODE", roleDivisions: [], scope: ["users"] } : {}),
};
const drifts: Record<string, Drift> = {
	...Object.fromEntries(
		Object.entries(edits).map(([what, edit]) => [
			`edits the ${what}`,
			((world, id, grant) =>
				void world.organization.changeClient(id, edit(grant === "CLIENT-CREDENTIALS"))) satisfies Drift,
		]),
	),
	"deletes it": (world, id) => world.organization.removeClient(id),
	"disables it": (world, id) => world.organization.disableClient(id),
	"enables it": (world, id) => world.organization.enableClient(id),
	"makes it inactive": (world, id) => void world.organization.changeClient(id, { state: "inactive" }),
	"resets its secret": (world, id, grant) => {
		if (grant !== "TOKEN") world.resetSecret(id);
	},
};
const drift = fc.tuple(resourceName, fc.constantFrom(...Object.entries(drifts))).map(([name, [what, act]]) =>
	command(
		`somebody ${what}: ${name}`,
		(world) => {
			const client = world.clientOf(name);
			if (client === undefined) return;
			world.drifted.add(client.id);
			act(world, client.id, client.authorizedGrantType);
		},
		isDeclared(name),
	),
);

const stranger = clientName.map((name) =>
	command(`somebody makes a client "${name}"`, (world) => void world.addStranger(name)),
);
const time = fc
	.constantFrom(1, 8, 25, 40)
	.map((days) => command(`${days} days pass`, (world) => world.simulated.clock.advance(days * 24 * hour)));
const sink = fc.boolean().map((broken) =>
	command(`the sink is ${broken ? "broken" : "mended"}`, (world) => {
		world.sink.broken = broken;
	}),
);

const operations = [
	["POST", paths.clients],
	["PUT", paths.client],
	["DELETE", paths.client],
	["POST", paths.secret],
	["GET", paths.client],
	["GET", paths.clients],
	["GET", paths.home],
	["POST", paths.login],
] as const;
const faultKinds = [
	{ kind: "status", status: 429, retryAfterSeconds: 3 },
	{ kind: "status", status: 429 },
	{ kind: "status", status: 500 },
	{ kind: "status", status: 503, when: "after" },
	{ kind: "status", status: 401 },
	{ kind: "status", status: 403 },
	{ kind: "cut" },
	{ kind: "cut", when: "after" },
	{ kind: "malformed" },
	{ kind: "malformed", when: "after" },
	{ kind: "html", when: "after" },
	{ kind: "html", status: 404 },
] satisfies FaultKind[];
const fault = fc
	.tuple(
		fc.constantFrom(...operations),
		fc.constantFrom<FaultKind>(...faultKinds),
		fc.constantFrom(1, 2, 6, 12),
		fc.nat(2),
	)
	.map(([[method, path], kind, times, skip]) =>
		command(`fault ${method} ${path} ${JSON.stringify({ ...kind, times, skip })}`, (world) =>
			world.simulated.fault(method, path, { ...kind, times, skip }),
		),
	);

/** What the program declares at the start of a history: any of the resources. */
export const beginning: Arbitrary<Command[]> = fc.uniqueArray(declare, { maxLength: 3, selector: String });

/** The steps that a history is made of; those that come more than once come more often. */
export const steps: Arbitrary<Command>[] = [
	declare,
	declare,
	up,
	up,
	up,
	up,
	up,
	turn,
	turn,
	drift,
	drift,
	drift,
	fault,
	fault,
	fault,
	fault,
	refresh,
	refresh,
	adopt,
	handOver,
	remove,
	release,
	destroy,
	stranger,
	time,
	sink,
];
