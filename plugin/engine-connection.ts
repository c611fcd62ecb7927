import { ChannelCredentials } from "@grpc/grpc-js";

/**
 * How the plugin calls the engine, which is on this machine: without TLS, and never through a proxy. gRPC would take the proxy of
 * `https_proxy`, and of the exceptions only those in `no_proxy`. What is asked for may be larger than gRPC's usual limit: state, for example.
 */
export const engineConnection = [
	ChannelCredentials.createInsecure(),
	{ "grpc.enable_http_proxy": 0, "grpc.max_receive_message_length": -1 },
] as const;
