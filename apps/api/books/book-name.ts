import { registerTypes } from '#domain';
import { refusals } from '../http/problems/refusals.ts';

/** The two hints of the guide’s form. */
export const bookNameHint =
  'Dạng NN/YYYY; hậu tố -SCTĐT/BS được thêm mặc định, người dùng không cần nhập. Số chứng thực được nhảy tự động theo dạng số/ĐT, ví dụ 001/ĐT.';

/** The letter in either case, and what looks like Đ beside it. */
const anyCase = (letter: string): string =>
  letter === 'Đ' ? '[ĐđÐƉ]' : /[A-Z]/.test(letter) ? `[${letter}${letter.toLowerCase()}]` : letter;
const suffixes = registerTypes.map(({ label }) => [...label].map(anyCase).join(''));

/** `01/2024`, with at most one pasted suffix, in whatever case and with whichever letter looks like Đ. */
export const bookNameShape = {
  most: 100,
  pattern: `^\\s*(0[1-9]|[1-9][0-9]{1,2})/20[0-9]{2}(\\s*-(${suffixes.join('|')}))?\\s*$`,
  otherwise: { code: 'NAME_FORMAT', detail: refusals.NAME_FORMAT.detail({ given: '' }) },
} as const;
