import { beginning } from '#domain';

/** What is said of a field in more than one place, and how what was sent is repeated. */

/** Characters of what was sent that a message repeats at most. */
const MOST_REPEATED = 100;

/** What was sent, as far as a message repeats it. */
export const shortened = (text: string): string =>
  text.length > MOST_REPEATED ? `${beginning(text, MOST_REPEATED)}…` : text;

export const unknownField = (name: string): string =>
  `Trường “${shortened(name)}” không được hỗ trợ. Vui lòng bỏ trường này.`;

export const tooLong = (label: string, limit: string): string =>
  `${label} dài hơn ${limit} ký tự, vui lòng rút gọn.`;

export const brokenText = (label: string): string =>
  `${shortened(label)} có ký tự bị hỏng. Vui lòng gửi lại nội dung đúng bảng mã UTF-8 (Unicode).`;

/**
 * The field at fault as a problem names it: by its name in the form, a nested one by its JSON pointer
 * (RFC 6901).
 */
export function fieldAt(path: readonly string[]): string {
  const [first = ''] = path;
  if (path.length < 2) return shortened(first);
  const escaped = path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'));
  return shortened(`/${escaped.join('/')}`);
}

/** What a form calls the fields that the domain tells apart by what they belong to. */
const namesInForms: Readonly<Record<string, string>> = {
  signatureName: 'name',
  sealName: 'name',
  agencyName: 'name',
  agencyCode: 'code',
  // What is told of them is which one: how a form names that.
  signature: '/signature/id',
  seal: '/seal/id',
};

/** A field of the domain by its name in the request. */
export const nameInForm = (field: string): string =>
  Object.hasOwn(namesInForms, field) ? (namesInForms[field] ?? field) : field;
