import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import {
	IntegrationCredential,
	OAuthClient,
	type ResourceFields,
	resourceFields,
	RotatingOAuthClient,
} from "pulumi-genesyscloud-oauth";
import { changesBetween, driftBetween } from "#field-changes";
import type { Action, ClientReport, FieldChange, PolicyFinding } from "#run-report";
import { oneLine } from "#safe-text";

type Values = Partial<Record<string, unknown>>;

/** What a step is about, by the type of its resource. */
const types = new Map<string, { kind: ClientReport["kind"]; fields: ResourceFields }>([
	[OAuthClient.__pulumiType, { kind: "client", fields: resourceFields.OAuthClient }],
	[RotatingOAuthClient.__pulumiType, { kind: "pair", fields: resourceFields.RotatingOAuthClient }],
	[IntegrationCredential.__pulumiType, { kind: "credential", fields: resourceFields.IntegrationCredential }],
]);

/** How the provider's notice starts that tells why it rotates a client's secret. */
const rotationNotice = "pulumi up rotates the secret of ";
/** What stands behind a client's id in the notice that tells why a pair rotates. */
const pairNotice = " becomes current with a new secret (";

/**
 * Collects from the engine's events what a run does.
 *
 * The events are the engine's own account, secrets blinded, with one exception: those of severity `debug` quote every output in
 * clear, the client secret too. They are dropped before anything looks at them, and the event stream is never written to a file.
 */
export class EventRecorder {
	readonly #clients = new Map<string, ClientReport>();
	readonly #policy: PolicyFinding[] = [];
	readonly #notices = new Set<string>();
	readonly #errors = new Set<string>();
	readonly #isDrift: boolean;
	readonly #onDone: (client: ClientReport) => void;

	/**
	 * @param options.isDrift whether the engine compares the stack with Genesys Cloud, in place of the program with the stack
	 * @param options.onDone called for each client as the engine is done with it
	 */
	constructor({ isDrift = false, onDone = () => {} }: { isDrift?: boolean; onDone?: (client: ClientReport) => void }) {
		this.#isDrift = isDrift;
		this.#onDone = onDone;
	}

	/** Takes an event. */
	readonly take = (event: EngineEvent): void => {
		const { diagnosticEvent, policyEvent, resOutputsEvent, resOpFailedEvent } = event;
		if (resOutputsEvent) this.#takeStep(resOutputsEvent.metadata, false);
		if (resOpFailedEvent) this.#takeStep(resOpFailedEvent.metadata, true);
		if (policyEvent) {
			const { enforcementLevel, policyName, policyPackName, resourceUrn, message } = policyEvent;
			const resource = isClientUrn(resourceUrn) ? { resource: nameOf(resourceUrn) } : {};
			const finding = { level: enforcementLevel, policy: policyName, pack: policyPackName, ...resource };
			// The engine puts the policy's description before what it found.
			const [, ...found] = plain(message).trim().split("\n");
			this.#policy.push({ ...finding, message: oneLine(found.join(" ") || plain(message)) });
		}
		if (diagnosticEvent) {
			const { severity, message, urn } = diagnosticEvent;
			const resource = isClientUrn(urn) ? `${nameOf(urn)}: ` : "";
			if (severity === "error") this.#errors.add(`${resource}${oneLine(withoutType(plain(message)))}`);
			if (severity === "info#err" || severity === "warning") this.#notices.add(resource + oneLine(plain(message)));
		}
	};

	/** What was collected so far. */
	get collected(): { clients: ClientReport[]; policy: PolicyFinding[]; notices: string[]; errors: string[] } {
		const notices = new Set(this.#notices);
		const clients = [...this.#clients.values()].map((client) => this.#withRotation(client, notices));
		clients.sort((a, b) => (a.resource < b.resource ? -1 : 1));
		const errors = [...this.#errors].filter(saysWhy);
		return { clients, policy: this.#policy, notices: [...notices].filter((notice) => notice !== ""), errors };
	}

	#takeStep(step: StepEventMetadata, failed: boolean): void {
		const type = types.get(step.type);
		if (type === undefined) return;
		const { kind, fields } = type;
		const resource = nameOf(step.urn);
		const known = this.#clients.get(step.urn);
		// A replacement is three steps of the engine: the first tells all, the others only whether they failed.
		if (known?.action === "replace") {
			known.failed ||= failed;
			return;
		}
		const olds: Values = step.old?.outputs ?? {};
		const news: Values = step.new?.outputs ?? {};
		const declared: Values = step.new?.inputs ?? step.old?.inputs ?? {};
		const name = declared["name"] ?? olds["name"];
		const changes = this.#changesOf(step, fields);
		// The provider changes nothing about a client that was disabled by the vendor, and yet it isn't what it was.
		const action = this.#isDrift && changes.length > 0 ? "update" : actionOf(step, declared, olds);
		const id = step.new?.id || step.old?.id;
		const { secretVersion, secretFingerprint } = kind === "pair" ? currentClientOf(news) : news;
		const count = kind === "pair" ? "generation" : "secretVersion";
		const wasRenewed = action === "update" && typeof news[count] === "number" && news[count] !== olds[count];
		const report: ClientReport = {
			kind,
			resource,
			name: typeof name === "string" ? name : "",
			...(id && (action !== "replace" || step.new?.id) ? { id } : {}),
			...(action === "replace" && step.old ? { replacedId: step.old.id } : {}),
			action,
			failed,
			changes,
			...(wasRenewed ? { newSecret: "renewed" } : {}),
			...(typeof secretVersion === "number" ? { secretVersion } : {}),
			...(typeof secretFingerprint === "string" ? { secretFingerprint } : {}),
		};
		this.#clients.set(step.urn, report);
		this.#onDone(report);
	}

	#changesOf({ op, old, new: now }: StepEventMetadata, fields: ResourceFields): FieldChange[] {
		if (!now) return [];
		if (!this.#isDrift) return changesBetween(fields, old ?? undefined, now);
		if (!old) return [];
		// What an older version of the provider didn't keep in the state is no drift.
		return driftBetween(fields, old, now).filter(({ before }) => op !== "same" || before !== undefined);
	}

	/**
	 * Moves the notice that tells why a client's secret is rotated, or why a pair rotates, to its client or pair: nothing else in a preview
	 * does. If a later version of the provider words it differently, it stays a notice.
	 */
	#withRotation(client: ClientReport, notices: Set<string>): ClientReport {
		const { kind, action, id } = client;
		if (this.#isDrift || action !== "update" || id === undefined) return client;
		for (const notice of notices) {
			if (kind === "pair") {
				if (!id.split(",").some((one) => notice.includes(`(${one})${pairNotice}`))) continue;
				notices.delete(notice);
				return { ...client, newSecret: notice };
			}
			const end = `(${id}): `;
			const [start = "", ...reason] = notice.split(end);
			if (!start.includes(rotationNotice) || reason.length === 0) continue;
			notices.delete(notice);
			return { ...client, newSecret: reason.join(end) };
		}
		return client;
	}
}

function actionOf({ op, old }: StepEventMetadata, declared: Values, olds: Values): Action {
	switch (op) {
		case "create":
			return declared["adopt"] === undefined ? "create" : "adopt";
		case "update":
			return "update";
		case "create-replacement":
		case "replace":
		case "delete-replaced":
			return "replace";
		case "delete":
			if (old?.retainOnDelete) return "release";
			return olds["deletion"] === "deactivate" ? "deactivate" : "delete";
		default:
			return "same";
	}
}

/** The engine ends every failure with a line that adds nothing. */
const saysWhy = (error: string) => !/^((preview|update|refresh) failed)?$/.test(error);
const nameOf = (urn: string) => urn.split("::").slice(3).join("::");
const isClientUrn = (urn: string | undefined): urn is string =>
	[...types.keys()].some((type) => urn?.includes(`::${type}::`));
/** What a pair's outputs say of its current client. */
const currentClientOf = ({ clients, clientId }: Values): Values =>
	Object.values<Values>(Object(clients) as Record<string, Values>).find((client) => client["clientId"] === clientId) ??
	{};
/** Without the engine's marks for colours. */
const plain = (text: string) => text.replaceAll(/<\{%.*?%\}>/g, "");
/** The engine names the type before some errors; here everything is of that type. */
const withoutType = (text: string) => text.replace(/^pulumi-nodejs:\S+ resource '[^']*' has a problem: /, "");
