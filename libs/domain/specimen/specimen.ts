import { applyChanges, type Changes } from '../changes.ts';

/**
 * A specimen (mẫu) is a named picture with versions, of a signature or of a seal. All specimens of
 * one owner (an account's signatures, an agency's seals) are decided together, which is what keeps
 * names apart and the default single.
 */
export interface SpecimenFields {
  readonly name: string;
  readonly isDefault: boolean;
}

/** An original picture as it was uploaded; the bytes lie in the image store under `sha256`. */
export interface SpecimenImage {
  readonly sha256: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Codes of the recommendations it did not meet. */
  readonly warnings: readonly string[];
}

export type Specimen<F extends SpecimenFields> = {
  readonly id: string;
  readonly fields: F;
  /** Version n is `images[n - 1]`; the last one is in use. */
  readonly images: readonly SpecimenImage[];
} & ({ readonly state: 'in-use' } | { readonly state: 'revoked'; readonly reason: string });

export type Specimens<F extends SpecimenFields> = readonly Specimen<F>[];

export interface Registered<F> {
  readonly id: string;
  readonly version: number;
  readonly fields: F;
  readonly image: SpecimenImage;
}
export interface Edited<F> {
  readonly id: string;
  readonly changes: Changes<F>;
  /** A new picture is a new version. */
  readonly image: SpecimenImage | null;
  /** The version in use after this. */
  readonly version: number;
  readonly reason: string;
}
export interface Revoked {
  readonly id: string;
  readonly reason: string;
}

export type SpecimenChange<F> =
  | ({ readonly kind: 'registered' } & Registered<F>)
  | ({ readonly kind: 'edited' } & Edited<F>)
  | ({ readonly kind: 'revoked' } & Revoked);

function withSpecimen<F extends SpecimenFields>(
  state: Specimens<F>,
  id: string,
  change: (specimen: Specimen<F>) => Specimen<F>,
): Specimens<F> {
  return state.map((specimen) => (specimen.id === id ? change(specimen) : specimen));
}

/** An owner's specimens after a change. */
export function evolveSpecimens<F extends SpecimenFields>(
  state: Specimens<F>,
  change: SpecimenChange<F>,
): Specimens<F> {
  switch (change.kind) {
    case 'registered': {
      const { id, fields, image } = change;
      return [...state, { id, fields, images: [image], state: 'in-use' }];
    }
    case 'edited':
      return withSpecimen(state, change.id, (specimen) => ({
        ...specimen,
        fields: applyChanges<F>(specimen.fields, change.changes),
        images: change.image ? [...specimen.images, change.image] : specimen.images,
      }));
    case 'revoked':
      return withSpecimen(state, change.id, (specimen) => ({
        ...specimen,
        fields: { ...specimen.fields, isDefault: false },
        state: 'revoked',
        reason: change.reason,
      }));
    default:
      return change satisfies never;
  }
}
