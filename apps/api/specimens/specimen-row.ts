import { versionStateLabels, type Specimen, type SpecimenFields, type Specimens } from '#domain';
import { Refusal } from '#domain';
import type { SpecimenOutcome } from '#commands';
import type { Doc } from '#read-store';
import { imageAdvice } from '../http/image-problems.ts';
import type { SealRow, SignatureRow, SpecimenAnswer } from './specimens.dto.ts';

/** A row of a list as it is stored, with what people read and where the image is. */
export const signatureRow = (doc: Doc): SignatureRow =>
  readable(doc as unknown as SignatureRow, 'signatures');

export const sealRow = (doc: Doc): SealRow => readable(doc as unknown as SealRow, 'seals');

function readable<R extends SealRow>(row: R, kind: 'signatures' | 'seals'): R {
  return {
    ...row,
    stateLabel: versionStateLabels[row.state],
    versions: row.versions.map((one) => ({ ...one, stateLabel: versionStateLabels[one.state] })),
    imageUrl: `/v1/agencies/${row.agency}/${kind}/${row.id}/image`,
  };
}

/** What a command on a signature or seal answers beside revision and position. */
export function specimenAnswer<F extends SpecimenFields>(
  outcome: SpecimenOutcome<Specimens<F>, unknown>,
  id: string,
  missing: 'SIGNATURE_NOT_FOUND' | 'SEAL_NOT_FOUND',
): Omit<SpecimenAnswer, 'revision' | 'position'> {
  const specimen: Specimen<F> | undefined = outcome.state.find((one) => one.id === id);
  if (!specimen) throw new Refusal(missing, {});
  const { name, isDefault } = specimen.fields;
  const { images, state } = specimen;
  const version = images.length;
  const sha256 = images.at(-1)?.sha256 ?? '';
  const warnings = outcome.warnings.map(imageAdvice);
  return { id, name, isDefault, state, version, sha256, warnings };
}
