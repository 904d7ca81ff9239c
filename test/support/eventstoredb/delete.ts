import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { MemoryLog } from './log.ts';
import { decodeStream, streamDeleted, streams } from './protocol.ts';

type Request = InstanceType<typeof streams.DeleteReq | typeof streams.TombstoneReq>;

const kinds = { soft: streams.DeleteResp, hard: streams.TombstoneResp };

/** Both calls ask and answer in the same words, whatever the expected version. */
export function handleDelete(log: MemoryLog, kind: 'soft' | 'hard') {
  const Response = kinds[kind];
  return (call: ServerUnaryCall<Request, unknown>, answer: sendUnaryData<unknown>): void => {
    const identifier = call.request.getOptions()?.getStreamIdentifier();
    const stream = decodeStream(identifier?.getStreamName_asU8());
    if (log.isTombstoned(stream)) {
      answer(streamDeleted(stream));
      return;
    }
    log.delete(stream, kind);
    answer(null, new Response());
  };
}
