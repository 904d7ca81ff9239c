import { registerKeyOf, type RegisterKey } from '#domain';
import type { ProjectedEvent } from '../projection.ts';

/** The register an event of a `register-…` stream belongs to. @throws Error for another stream */
export function registerOf(projected: ProjectedEvent): RegisterKey {
  const key = registerKeyOf(projected.stream);
  if (!key) throw new Error(`${projected.stream} is no register's stream`);
  return key;
}
