import type { SpecimenImage } from '../specimen/specimen.ts';
import type { SignatureFields } from './events.ts';

/** Adds a signature image to the caller's own (seed, chapter 2: Thêm mới → Cập nhật). */
export interface RegisterSignature {
  readonly type: 'RegisterSignature';
  readonly id: string;
  readonly fields: SignatureFields;
  readonly image: SpecimenImage;
}

export interface EditSignature {
  readonly type: 'EditSignature';
  readonly id: string;
  readonly fields: Partial<SignatureFields>;
  /** A new picture becomes the next version. */
  readonly image: SpecimenImage | null;
  readonly reason: string;
}

/** Ngừng sử dụng. */
export interface RevokeSignature {
  readonly type: 'RevokeSignature';
  readonly id: string;
  readonly reason: string;
}

export type SignatureCommand = RegisterSignature | EditSignature | RevokeSignature;
