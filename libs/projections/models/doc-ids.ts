import { nameOf, registerStream, type RegisterKey } from '#domain';

/**
 * Documents are named by the stream that makes them, so no event of one register, account or agency
 * can ever touch another's, whatever ids it carries.
 */
export const bookDocId = (register: RegisterKey, bookId: string): string =>
  nameOf(registerStream(register), bookId);

/** Padded, so that ids run in the order of numbers and a store's index grows at its end. */
export const entryDocId = (register: RegisterKey, bookId: string, number: number): string =>
  nameOf(registerStream(register), bookId, String(number).padStart(6, '0'));

export const proposalDocId = (register: RegisterKey, bookId: string, proposalId: string): string =>
  nameOf(registerStream(register), bookId, 'proposal', proposalId);

export const specimenDocId = (stream: string, id: string): string => nameOf(stream, id);
