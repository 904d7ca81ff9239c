import { registerForms, type RegisterForm } from './form.ts';
import { registerTypes } from './types.ts';

/** What a column of the register shows of an entry, and of which kind it is. */
export const columnKinds = {
  numberText: 'text',
  certifiedOn: 'date',
  requester: 'text',
  documentTitle: 'text',
  certifier: 'text',
  copies: 'count',
  pages: 'count',
  fee: 'money',
  proposedFee: 'money',
  dossier: 'text',
  verificationCode: 'text',
  remarks: 'text',
} as const;

export type ColumnField = keyof typeof columnKinds;
export type ColumnKind = (typeof columnKinds)[ColumnField];

export interface FormColumn {
  readonly field: ColumnField;
  /** What stands above it. */
  readonly label: string;
  /** Of the page's width, beside the other columns' shares. */
  readonly share: number;
}

/** The columns of one type's register, as one decree's form has them. */
export interface FormLayout {
  readonly form: RegisterForm;
  /** Code of a `RegisterType`. */
  readonly type: string;
  readonly columns: readonly FormColumn[];
}

const ofCopies: readonly FormColumn[] = [
  { field: 'numberText', label: 'Số thứ tự/số chứng thực', share: 7 },
  { field: 'certifiedOn', label: 'Ngày, tháng, năm chứng thực', share: 9 },
  { field: 'requester', label: 'Họ tên của người yêu cầu chứng thực', share: 17 },
  { field: 'documentTitle', label: 'Tên của bản chính giấy tờ, văn bản', share: 21 },
  { field: 'certifier', label: 'Họ tên, chức danh người ký chứng thực', share: 16 },
  { field: 'copies', label: 'Số bản sao đã được chứng thực', share: 7 },
  { field: 'fee', label: 'Lệ phí/Phí chứng thực', share: 8 },
  { field: 'remarks', label: 'Ghi chú', share: 15 },
];

const ofTranslators: readonly FormColumn[] = [
  { field: 'numberText', label: 'Số thứ tự/số chứng thực', share: 7 },
  { field: 'certifiedOn', label: 'Ngày, tháng, năm chứng thực', share: 9 },
  { field: 'requester', label: 'Họ tên của người dịch yêu cầu chứng thực chữ ký', share: 17 },
  { field: 'documentTitle', label: 'Tên của giấy tờ, văn bản được dịch; ngôn ngữ dịch', share: 21 },
  { field: 'certifier', label: 'Họ tên, chức danh người ký chứng thực', share: 16 },
  { field: 'copies', label: 'Số bản dịch đã được chứng thực', share: 7 },
  { field: 'fee', label: 'Lệ phí/Phí chứng thực', share: 8 },
  { field: 'remarks', label: 'Ghi chú', share: 15 },
];

/**
 * The forms that are known: those of NĐ 23/2015, as kept in two registers in use. The form of
 * NĐ 280/2025 is not public to us: until a file names its columns (`parseLayouts`), a book kept on it
 * is shown on the form before it.
 */
export const knownLayouts: readonly FormLayout[] = [
  { form: '23/2015/NĐ-CP', type: 'SCTDT.BS', columns: ofCopies },
  { form: '23/2015/NĐ-CP', type: 'SCT.BS', columns: ofCopies },
  { form: '23/2015/NĐ-CP', type: 'SCT.CKND', columns: ofTranslators },
];

/**
 * The columns of a book of this type kept on this form: its own, or where there are none, those of
 * the decree before it. @throws Error for a type no decree has a form for
 */
export function layoutOf(
  layouts: readonly FormLayout[],
  { form, type }: Pick<FormLayout, 'form' | 'type'>,
): FormLayout {
  // Latest first, as the decrees stand.
  const sinceThen = registerForms.slice(registerForms.indexOf(form));
  const found = sinceThen
    .map((one) => layouts.find((layout) => layout.form === one && layout.type === type))
    .find((layout) => layout !== undefined);
  if (!found) throw new Error(`no form is known for ${type}`);
  return found;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const LONGEST_LABEL = 200;
const MOST_COLUMNS = 20;

function columnFault(column: unknown): string | undefined {
  if (!isFields(column)) return 'a column is no object';
  const { field, label, share } = column;
  if (typeof field !== 'string' || !Object.hasOwn(columnKinds, field))
    return `field ${JSON.stringify(field)} is none of ${Object.keys(columnKinds).join(', ')}`;
  if (typeof label !== 'string' || label.trim() === '' || label.length > LONGEST_LABEL)
    return `the label of ${field} is no text of up to ${LONGEST_LABEL} characters`;
  const isShare = typeof share === 'number' && share >= 1 && share <= 100;
  return isShare ? undefined : `the share of ${field} is no number from 1 to 100`;
}

function layoutFault(layout: unknown): string | undefined {
  if (!isFields(layout)) return 'a form is no object';
  const { form, type, columns } = layout;
  if (!registerForms.some((code) => code === form))
    return `form ${JSON.stringify(form)} is none of ${registerForms.join(', ')}`;
  if (!registerTypes.some(({ code }) => code === type))
    return `type ${JSON.stringify(type)} is none of ${registerTypes.map(({ code }) => code).join(', ')}`;
  if (!Array.isArray(columns) || columns.length === 0 || columns.length > MOST_COLUMNS)
    return `columns are no list of 1 to ${MOST_COLUMNS}`;
  const fields = columns.map((column) => (isFields(column) ? column['field'] : undefined));
  if (!fields.includes('numberText')) return 'there is no column numberText';
  if (new Set(fields).size < fields.length) return 'a column stands there twice';
  return columns.map(columnFault).find((fault) => fault !== undefined);
}

/**
 * The known forms with those of a file put in their place: a list of `{form, type, columns}`, as
 * JSON has been read. A form that becomes public is so put to use without a new version.
 * @throws RangeError that says what is wrong with which
 */
export function parseLayouts(json: unknown): readonly FormLayout[] {
  if (!Array.isArray(json)) throw new RangeError('forms are no list');
  json.forEach((layout, index) => {
    const fault = layoutFault(layout);
    if (fault !== undefined) throw new RangeError(`form ${index + 1}: ${fault}`);
  });
  const given = json as FormLayout[];
  const isGiven = ({ form, type }: FormLayout): boolean =>
    given.some((one) => one.form === form && one.type === type);
  return [...given, ...knownLayouts.filter((layout) => !isGiven(layout))];
}
