import { Metadata, type ServerErrorResponse, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type PartialFailure, reasonOf } from "../provider/lifecycle/presentable-errors";
import type { Properties } from "../provider/lifecycle/properties";

/** What Pulumi needs to save a resource although its creation or update failed. */
export interface Saved {
	/** Marks what is secret. */
	mark: (properties: Properties) => Struct;
	/** The program's inputs. */
	inputs: Struct | undefined;
}

/** An error as gRPC sends it: one line, and what Pulumi must save, if it is a partial failure. */
export function serviceError(error: unknown, saved?: Saved): ServerErrorResponse {
	const isPartial = error instanceof Error && "reasons" in error && saved !== undefined;
	// The life cycle has made its errors presentable.
	const details = error instanceof Error && error.stack?.includes("\n") === false ? error.message : reasonOf(error);
	const failure = { name: "Error", message: details, code: status.UNKNOWN, details };
	return isPartial ? { ...failure, metadata: partialFailure(error as PartialFailure, saved) } : failure;
}

function partialFailure({ id, properties, reasons }: PartialFailure, { mark, inputs }: Saved): Metadata {
	const failure = new ErrorResourceInitFailed();
	failure.setId(id);
	failure.setProperties(mark(properties));
	failure.setReasonsList(reasons);
	failure.setInputs(inputs);
	const any = new Any();
	any.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
	const answer = new Status();
	answer.setCode(status.UNKNOWN);
	answer.setMessage(reasons.join("; "));
	answer.addDetails(any);
	const metadata = new Metadata();
	metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
	return metadata;
}
