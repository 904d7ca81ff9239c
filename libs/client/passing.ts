import type { Answer } from './call.ts';

/**
 * Makes a query see what a command wrote, as its header parameter:
 * `portal.get(path, { params: { path, header: after(opened) } })`.
 */
export const after = ({
  position,
}: Pick<Answer<unknown>, 'position'>): { 'Read-After'?: string } =>
  position === null ? {} : { 'Read-After': position };

/**
 * Holds a command to the revision that was seen, as its header parameter; the service answers 412
 * `CONFLICT` when it has changed since.
 */
export const held = ({ etag }: Pick<Answer<unknown>, 'etag'>): { 'If-Match'?: string } =>
  etag === null ? {} : { 'If-Match': etag };
