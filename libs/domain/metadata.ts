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
  readonly idempotencyKey?: string;
  readonly schemaVersion: number;
}
