import {
	type handleServerStreamingCall,
	type handleUnaryCall,
	Server,
	ServerCredentials,
	type ServerUnaryCall,
	type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineLog } from "./engine-log";
import { Provider, schemaText, version } from "./provider";
import { type Saved, serviceError } from "./service-error";

/** The methods of Pulumi's protocol for resource providers that this plugin has. */
function methodsOf(provider: Provider, log: EngineLog): UntypedServiceImplementation {
	return {
		handshake: answer(() => {
			const response = new proto.ProviderHandshakeResponse();
			response.setAcceptSecrets(true);
			return response;
		}),
		attach: answer((request: PluginAttach) => {
			log.connect(request.getAddress());
			return new Empty();
		}),
		cancel: answer(() => {
			provider.cancel();
			return new Empty();
		}),
		getPluginInfo: answer(() => {
			const info = new PluginInfo();
			info.setVersion(version);
			return info;
		}),
		getSchema: answer(() => {
			const response = new proto.GetSchemaResponse();
			response.setSchema(schemaText);
			return response;
		}),
		// No other tool's resources are converted.
		getMapping: answer(() => new proto.GetMappingResponse()),
		getMappings: answer(() => new proto.GetMappingsResponse()),
		checkConfig: answer((request: proto.CheckRequest) => provider.checkConfig(request)),
		diffConfig: answer((request: proto.DiffRequest) => provider.diffConfig(request)),
		configure: answer((request: proto.ConfigureRequest) => provider.configure(request)),
		check: about(log, async (request: proto.CheckRequest) => provider.check(request)),
		diff: about(log, async (request: proto.DiffRequest) => provider.diff(request)),
		create: about(
			log,
			async (request: proto.CreateRequest) => provider.create(request),
			(request) => provider.savedOf(request, request.getProperties()),
		),
		read: about(log, async (request: proto.ReadRequest) => provider.read(request)),
		update: about(
			log,
			async (request: proto.UpdateRequest) => provider.update(request),
			(request) => provider.savedOf(request, request.getNews()),
		),
		delete: about(log, async (request: proto.DeleteRequest) => {
			await provider.delete(request);
			return new Empty();
		}),
		invoke: answer(async (request: proto.InvokeRequest) => provider.invoke(request)),
		list: stream(async (request: proto.ListRequest) => provider.list(request)),
	};
}

/** A method that answers a request, or says in one line why it can't. */
function answer<Request, Response>(
	work: (request: Request) => Response | Promise<Response>,
	savedOf?: (request: Request) => Saved,
): handleUnaryCall<Request, Response> {
	return ({ request }: ServerUnaryCall<Request, Response>, callback) => {
		void (async () => {
			try {
				callback(null, await work(request));
			} catch (error) {
				callback(serviceError(error, savedOf?.(request)));
			}
		})();
	};
}

/** A method that answers a request with one message after another. */
function stream<Request, Response>(
	work: (request: Request) => Promise<Response[]>,
): handleServerStreamingCall<Request, Response> {
	return (call) => {
		void (async () => {
			try {
				for (const response of await work(call.request)) call.write(response);
				call.end();
			} catch (error) {
				call.emit("error", serviceError(error));
			}
		})();
	};
}

/** A method about a resource: its notices are shown under that. */
const about = <Request extends { getUrn(): string }, Response>(
	log: EngineLog,
	work: (request: Request) => Promise<Response>,
	savedOf?: (request: Request) => Saved,
) => answer(async (request: Request) => log.about(request.getUrn(), async () => work(request)), savedOf);

/**
 * Starts the provider on a port of this machine.
 *
 * @param engineAddress the address of Pulumi's engine; undefined without one
 * @returns the port
 */
export async function startServer(
	engineAddress: string | undefined,
	environment: Record<string, string | undefined>,
): Promise<number> {
	const log = new EngineLog(engineAddress);
	// Usually 4 MB; Pulumi has no limit below 400.
	const server = new Server({ "grpc.max_receive_message_length": -1 });
	server.addService(ResourceProviderService, methodsOf(new Provider(log, environment), log));
	return new Promise((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
			if (error === null) resolve(port);
			else reject(error);
		});
	});
}
