/** The service definitions and messages that the real client ships, under one roof. */
import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceDefinition, ServiceError } from '@grpc/grpc-js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

export { features, shared, statusPb, streams };
export const StreamsService: ServiceDefinition = streamsGrpc.StreamsService;
export const ServerFeaturesService: ServiceDefinition = featuresGrpc.ServerFeaturesService;

/** An error as EventStoreDB sends it: a gRPC status, and trailers that say which exception it was. */
export function rpcError(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const accessDenied = (): ServiceError =>
  rpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const streamDeleted = (stream: string): ServiceError =>
  rpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

/** Streams that anybody may write who may write the stream they describe, and the server's settings. */
export const isMetadata = (stream: string): boolean =>
  stream === '$settings' || (stream.startsWith('$$') && !stream.startsWith('$$$'));

export const tooLarge = (limit: number): ServiceError =>
  rpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${String(limit)} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export function decodeStream(name: Uint8Array | string | undefined): string {
  return typeof name === 'string'
    ? Buffer.from(name, 'base64').toString('utf8')
    : Buffer.from(name ?? []).toString('utf8');
}
