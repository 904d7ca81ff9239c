import type { EventMetadata } from '#domain';

/** Who asked and under which ids: what is recorded beside a command's events. */
export type CommandContext = Omit<EventMetadata, 'schemaVersion' | 'occurredAt'>;
