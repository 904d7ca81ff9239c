import { versionStateLabels, type Specimen, type SpecimenFields, type Specimens } from '#domain';
import { Refusal } from '#domain';
import type { SpecimenOutcome } from '#commands';
import type { Doc } from '#read-store';
import { imageAdvice } from '../http/problems/image-problems.ts';
import type { SealRow, SignatureRow, SpecimenAnswer } from './specimens.dto.ts';

/** A row of a list as it is stored, with what people read and where the image is. */
export const signatureRow = (doc: Doc): SignatureRow =>
  readable(shown(doc) as unknown as SignatureRow, 'signatures');

export const sealRow = (doc: Doc): SealRow => readable(shown(doc) as unknown as SealRow, 'seals');

/** In which stream it stands is nobody's business but the log's, nor is what it is sorted by. */
const shown = ({
  stream: _stream,
  nameOrder: _name,
  signerFullNameOrder: _signer,
  ...doc
}: Doc): Doc => doc;

function readable<R extends SealRow>(row: R, kind: 'signatures' | 'seals'): R {
  return {
    ...row,
    stateLabel: versionStateLabels[row.state],
    versions: row.versions.map((one) => ({ ...one, stateLabel: versionStateLabels[one.state] })),
    imageUrl: `/v1/agencies/${row.agency}/${kind}/${row.id}/image`,
  };
}

/** A signature or seal as folded, as commands answer it. */
export function specimenFacts<F extends SpecimenFields>(
  specimens: Specimens<F>,
  id: string,
): SpecimenFacts | undefined {
  const specimen: Specimen<F> | undefined = specimens.find((one) => one.id === id);
  if (!specimen) return undefined;
  const { images, state } = specimen;
  const { name, isDefault } = specimen.fields;
  return {
    id,
    name,
    isDefault,
    state,
    version: images.length,
    sha256: images.at(-1)?.sha256 ?? '',
  };
}
type SpecimenFacts = Omit<SpecimenAnswer, 'revision' | 'position' | 'repeated' | 'warnings'>;

/** What a command on a signature or seal answers beside revision and position. */
export function specimenAnswer<F extends SpecimenFields>(
  outcome: SpecimenOutcome<Specimens<F>, unknown>,
  id: string,
  missing: 'SIGNATURE_NOT_FOUND' | 'SEAL_NOT_FOUND',
): Omit<SpecimenAnswer, 'revision' | 'position' | 'repeated'> {
  const facts = specimenFacts(outcome.state, id);
  if (!facts) throw new Refusal(missing, {});
  return { ...facts, warnings: outcome.warnings.map(imageAdvice) };
}
