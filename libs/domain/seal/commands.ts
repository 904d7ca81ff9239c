import type { SpecimenImage } from '../specimen/specimen.ts';
import type { SealFields } from './events.ts';

/** Adds a seal image to the agency's (seed, chapter 3: Thêm mới → Cập nhật). */
export interface RegisterSeal {
  readonly type: 'RegisterSeal';
  readonly id: string;
  readonly fields: SealFields;
  readonly image: SpecimenImage;
}

export interface EditSeal {
  readonly type: 'EditSeal';
  readonly id: string;
  readonly fields: Partial<SealFields>;
  /** A new picture becomes the next version. */
  readonly image: SpecimenImage | null;
  readonly reason: string;
}

/** Ngừng sử dụng. */
export interface RevokeSeal {
  readonly type: 'RevokeSeal';
  readonly id: string;
  readonly reason: string;
}

export type SealCommand = RegisterSeal | EditSeal | RevokeSeal;
