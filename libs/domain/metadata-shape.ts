const ACTOR = ['account', 'name', 'role', 'agency'] as const;

/** The first field of what stands beside an event’s data that is not as it should be, in words; undefined where all are. */
export function misshapenMetadata(metadata: unknown): string | undefined {
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null;
  if (!isObject(metadata)) return 'metadata is no object';
  const { actor, occurredAt } = metadata;
  if (!isObject(actor)) return 'metadata.actor is no object';
  const missing = ACTOR.find((field) => typeof actor[field] !== 'string');
  if (missing !== undefined) return `metadata.actor.${missing} is no text`;
  const isInstant = typeof occurredAt === 'string' && !Number.isNaN(Date.parse(occurredAt));
  return isInstant ? undefined : 'metadata.occurredAt is no instant';
}
