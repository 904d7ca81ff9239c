import {
  Refusal,
  tidy,
  type ImageUse,
  type SealState,
  type SignatureFields,
  type SignatureState,
  type SignatureUse,
  type Specimen,
  type SpecimenFields,
  type Specimens,
} from '#domain';

/** A signature named in a command: one of an account's, by default the account's default. */
export interface SignatureRef {
  readonly account: string;
  readonly id?: string | undefined;
}
/** A seal named in a command: one of the agency's, by default the agency's default. */
export interface SealRef {
  readonly id?: string | undefined;
}

function pick<F extends SpecimenFields>(
  specimens: Specimens<F>,
  id: string | undefined,
): Specimen<F> | undefined {
  return specimens.find((one) => (id === undefined ? one.fields.isDefault : one.id === id));
}

function useOf<F extends SpecimenFields>(specimen: Specimen<F>): ImageUse {
  const image = specimen.images.at(-1);
  if (!image) throw new Error(`specimen ${specimen.id} has no image`);
  return { id: specimen.id, version: specimen.images.length, sha256: image.sha256 };
}

/** The signature's version in use now, and the signer it shows. @throws Refusal when there is none or it is out of use */
export function useSignature(
  state: SignatureState,
  ref: SignatureRef,
): { readonly use: SignatureUse; readonly signer: SignatureFields } {
  const specimen = pick<SignatureFields>(state, ref.id);
  const field = 'signature';
  if (!specimen) {
    const { account } = ref;
    throw ref.id === undefined
      ? new Refusal('SIGNATURE_NO_DEFAULT', { field, account })
      : new Refusal('SIGNATURE_NOT_FOUND', { field });
  }
  if (specimen.state === 'revoked') {
    throw new Refusal('SIGNATURE_REVOKED', { field, name: specimen.fields.name });
  }
  return { use: { account: ref.account, ...useOf(specimen) }, signer: specimen.fields };
}

/** The picture shows whose signature it is, and the register may say nothing else. @throws Refusal */
export function checkSigner(
  { name, signerFullName }: SignatureFields,
  certifierFullName: string | undefined,
): void {
  const same = certifierFullName === undefined || tidy(certifierFullName) === signerFullName;
  if (!same) throw new Refusal('SIGNATURE_SIGNER', { name, signer: signerFullName });
}

/** The seal's version in use now. @throws Refusal when there is none or it is out of use */
export function useSeal(state: SealState, ref: SealRef): ImageUse {
  const specimen = pick(state, ref.id);
  const field = 'seal';
  if (!specimen) {
    const code = ref.id === undefined ? 'SEAL_NO_DEFAULT' : 'SEAL_NOT_FOUND';
    throw new Refusal(code, { field });
  }
  if (specimen.state === 'revoked') {
    throw new Refusal('SEAL_REVOKED', { field, name: specimen.fields.name });
  }
  return useOf(specimen);
}
