import { Server, ServerCredentials } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { expect, onTestFinished, test } from "vitest";
import { plain, service, start, structOf } from "./support/engine-calls";

type Callback<Response> = (error: null, answer: Response) => void;

/** Where the engine takes registrations, and what was registered. */
async function startMonitor() {
	const registered: RegisterResourceRequest[] = [];
	const server = new Server();
	server.addService(ResourceMonitorService, {
		registerResource: (
			{ request }: { request: RegisterResourceRequest },
			callback: Callback<RegisterResourceResponse>,
		) => {
			registered.push(request);
			const answer = new RegisterResourceResponse();
			answer.setUrn(`urn:pulumi:dev::infra::${request.getType()}::${request.getName()}`);
			answer.setObject(structOf({ ...plain(request.getObject()), generation: 0, previousActive: true }));
			callback(null, answer);
		},
		registerResourceOutputs: (_: unknown, callback: Callback<Empty>) => callback(null, new Empty()),
	});
	const port = await new Promise<number>((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
			error === null ? resolve(bound) : reject(error),
		);
	});
	onTestFinished(() => server.forceShutdown());
	return { registered, address: `127.0.0.1:${port}` };
}

test("what the program says of a pair goes for its clients: retainOnDelete, protect, customTimeouts", async () => {
	const { registered, address } = await startMonitor();
	const { plugin } = await start();
	const request = new proto.ConstructRequest();
	request.setType("genesyscloud-oauth:index:RotatingOAuthClient");
	request.setName("pair");
	request.setMonitorendpoint(address);
	request.setInputs(structOf({ ...service, rotation: { periodDays: 30 } }));
	request.setRetainondelete(true);
	request.setProtect(true);
	const timeouts = new proto.ConstructRequest.CustomTimeouts();
	timeouts.setDelete("90s");
	request.setCustomtimeouts(timeouts);
	await plugin.call("construct", request);
	const parts = registered.filter((one) => one.getCustom());
	expect(parts.map((one) => one.getName()).toSorted()).toEqual(["pair-a", "pair-b", "pair-rotation"]);
	for (const part of parts) {
		expect([part.getRetainondelete(), part.getProtect(), part.getCustomtimeouts()?.getDelete()]).toEqual([
			true,
			true,
			"90s",
		]);
	}
});
