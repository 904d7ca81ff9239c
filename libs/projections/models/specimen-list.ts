import {
  applyChanges,
  type Edited,
  type Registered,
  type Revoked,
  type SpecimenFields,
  type SpecimenImage,
} from '#domain';
import type { Doc, DocValue } from '#read-store';
import type { DocChange, ProjectedEvent } from '../projection.ts';
import { specimenDocId } from './doc-ids.ts';
import { withOrders } from './name-order.ts';

/** What signature and seal list do alike: one document a picture, with all its versions. */

interface Version extends SpecimenImage {
  readonly version: number;
  readonly state: 'in-use' | 'superseded' | 'revoked';
  readonly at: string;
}

const versionsOf = (doc: Doc): readonly Version[] =>
  (doc['versions'] ?? []) as unknown as readonly Version[];

/** The fields a list shows of the version in use. */
function withVersions(doc: Doc, versions: readonly Version[]): Doc {
  const last = versions.at(-1);
  return {
    ...doc,
    versions: versions as unknown as DocValue,
    version: last?.version ?? 0,
    sha256: last?.sha256 ?? null,
  };
}

/** What is not alike: whose it is, and which names are sorted by. */
interface Kind {
  readonly owner: Doc;
  readonly names: readonly string[];
}

export function registered<F extends SpecimenFields>(
  projected: ProjectedEvent,
  data: Registered<F>,
  { owner, names }: Kind,
): DocChange {
  const { actor, occurredAt } = projected.metadata;
  const { id, version, fields, image } = data;
  const base: Doc = {
    id,
    agency: actor.agency,
    stream: projected.stream,
    ...owner,
    ...(fields as unknown as Doc),
    state: 'in-use',
    registeredAt: occurredAt,
    registeredBy: actor.name,
    revision: projected.revision,
  };
  const first: Version = { version, ...image, state: 'in-use', at: occurredAt };
  const create = withVersions(withOrders(base, names), [first]);
  return { id: specimenDocId(projected.stream, id), create };
}

export function edited<F extends SpecimenFields>(
  projected: ProjectedEvent,
  data: Edited<F>,
  names: Kind['names'],
): DocChange {
  const { changes, image, version } = data;
  const id = specimenDocId(projected.stream, data.id);
  const change = (before: Doc): Doc => {
    const fields = applyChanges(before as unknown as F, changes) as unknown as Doc;
    const after = withOrders({ ...fields, revision: projected.revision }, names);
    if (!image) return after;
    const older = versionsOf(before).map((one) => ({ ...one, state: 'superseded' as const }));
    const at = projected.metadata.occurredAt;
    return withVersions(after, [...older, { version, ...image, state: 'in-use', at }]);
  };
  return { id, change };
}

export function revoked(projected: ProjectedEvent, data: Revoked): DocChange {
  const { reason } = data;
  const id = specimenDocId(projected.stream, data.id);
  const change = (before: Doc): Doc => {
    const versions = versionsOf(before).map((one) =>
      one.state === 'in-use' ? { ...one, state: 'revoked' as const } : one,
    );
    const ended = { state: 'revoked', isDefault: false, revokeReason: reason };
    return withVersions({ ...before, ...ended, revision: projected.revision }, versions);
  };
  return { id, change };
}
