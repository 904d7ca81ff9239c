/** Who gave a command. Recorded with every event the command leads to. */
export interface Actor {
  /** Stable id of the account at its issuer. */
  readonly account: string;
  readonly name: string;
  readonly role: string;
  readonly agency: string;
  /** The service account that called on the person's behalf (RFC 8693 `act`). */
  readonly via?: string;
}

/** What stands beside the data of every event. A storage format: fields are added, never changed. */
export interface EventMetadata {
  readonly actor: Actor;
  /** When the command was decided, ISO 8601 UTC, by the service's clock. */
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** The caller's `Idempotency-Key`; one key is spent on one request of an account and a stream. */
  readonly idempotencyKey?: string;
  /** What the request under that key asked for, hashed: another request under the same key is refused. */
  readonly requestHash?: string;
  /** Where it said something by a null, which `requestHash` leaves out, hashed; empty: nowhere. Earlier versions kept nothing of it. */
  readonly requestNulls?: string;
  /** Where the command is traced: its span (W3C Trace Context), so that what follows joins its trace. */
  readonly traceparent?: string;
  readonly schemaVersion: number;
  /** Of an event that came by import: where and when it stood in the log it was first written to. */
  readonly origin?: { readonly position: string; readonly recordedAt: string };
}
