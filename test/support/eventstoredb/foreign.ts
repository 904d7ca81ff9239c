import { randomUUID } from 'node:crypto';
import { ANY, type MemoryLog, type Proposed } from './log.ts';

/** Streams a shared server has beside ours; none of them begins as one of ours does. */
const STREAMS = ['order-1', 'order-2', 'invoice_7', 'REGISTER-1', 'book-1', 'registration-5'];

const json = (data: object): Pick<Proposed, 'contentType' | 'data' | 'metadata'> => ({
  contentType: 'application/json',
  data: Buffer.from(JSON.stringify(data)),
  metadata: Buffer.from('{}'),
});

/** Under names of ours, with other fields; and what is no JSON at all. */
const KINDS: readonly Omit<Proposed, 'id'>[] = [
  { type: 'OrderPlaced', ...json({ total: 3 }) },
  { type: 'EntryNumberAssigned', ...json({ number: 'seven' }) },
  { type: 'BookOpened', ...json({}) },
  {
    type: 'Scanned',
    contentType: 'application/octet-stream',
    data: Uint8Array.from([0xff, 0x00, 0xfe]),
    metadata: new Uint8Array(),
  },
];

export function writeForeign(log: MemoryLog, events: number): void {
  for (let n = 0; n < events; n += 1) {
    const kind = KINDS[n % KINDS.length] as Omit<Proposed, 'id'>;
    log.write(STREAMS[n % STREAMS.length] ?? '', ANY, [{ ...kind, id: randomUUID() }]);
  }
}
