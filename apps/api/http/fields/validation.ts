import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { displayNumber, fieldLabels, LARGEST_NUMBER, type Field, type Refusal } from '#domain';
import { BadInput } from '../problems/bad-input.ts';
import type { FieldProblem, InputCode } from '../problems/problem.ts';
import { fieldProblem } from '../problems/problem-bodies.ts';
import { refusals } from '../problems/refusals.ts';
import { isSurelyRight } from './compiled.ts';
import { fieldAt, tooLong, unknownField } from './said.ts';

/** What the fields of lists and files are called; those of the domain have their names there. */
const otherLabels: Readonly<Record<string, string>> = {
  limit: 'Số dòng mỗi trang (limit)',
  offset: 'Số dòng bỏ qua (offset)',
  after: 'Con trỏ trang (after)',
  search: 'Từ khóa tìm kiếm (search)',
  sort: 'Cột sắp xếp (sort)',
  status: 'Trạng thái (status)',
  year: 'Năm (year)',
  type: 'Loại (type)',
  account: 'Tài khoản (account)',
  from: 'Từ thời điểm (from)',
  to: 'Đến thời điểm (to)',
  at: 'Thời điểm (at)',
  revision: 'Phiên bản (revision)',
};

/** A class may know its fields by other names: the name of a seal is no book's. */
interface Labelled {
  readonly labels?: Readonly<Record<string, string>>;
}

/** And what its fields have to be among themselves: told of those that are right beside those that are not. */
interface Ruled {
  readonly faults?: (form: object) => readonly Refusal[];
}

function labelOf({ property, target }: ValidationError): string {
  const { labels } = (target?.constructor ?? {}) as Labelled;
  const own = labels?.[property] ?? otherLabels[property];
  if (own !== undefined) return own;
  return Object.hasOwn(fieldLabels, property) ? fieldLabels[property as Field] : property;
}

/** Fields whose own code says more than the type does. */
const fieldRules: Readonly<Record<string, Omit<FieldProblem, 'field'>>> = {
  image: {
    code: 'TYPE',
    detail: 'Ảnh phải được gửi dưới dạng tệp. Vui lòng chọn tệp.',
  },
  firstNumber: {
    code: 'START_INVALID',
    detail: 'Số ban đầu phải là số nguyên lớn hơn hoặc bằng 1.',
  },
};

/** The same where a whole number is beyond the greatest there is. */
const overRules: typeof fieldRules = {
  firstNumber: {
    code: 'START_TOO_LARGE',
    detail: refusals.START_TOO_LARGE.detail({ most: LARGEST_NUMBER }),
  },
};

/** The text for a field; `limit` is what class-validator says of the limit that was missed. */
type Say = (label: string, limit: string) => string;

/** What each kind of broken constraint is called and told, most telling first. */
const constraintRules: readonly (readonly [string, InputCode, Say])[] = [
  ['whitelistValidation', 'UNKNOWN_FIELD', unknownField],
  ['isString', 'TYPE', (label) => `${label} phải là chuỗi ký tự.`],
  ['isIn', 'NOT_ALLOWED', (label, limit) => `${label} phải là một trong các giá trị: ${limit}.`],
  ['maxLength', 'TOO_LONG', (label, limit) => tooLong(label, inGroups(limit))],
  [
    'isDay',
    'DATE_FORMAT',
    (label) => `${label}: Ngày không hợp lệ. Vui lòng nhập ngày có thật, dạng YYYY-MM-DD.`,
  ],
  ['isInt', 'NUMBER_INVALID', (label) => `${label} phải là số nguyên.`],
  ['min', 'NUMBER_INVALID', (label, limit) => `${label} phải từ ${inGroups(limit)} trở lên.`],
  ['max', 'NUMBER_INVALID', (label, limit) => `${label} không được quá ${inGroups(limit)}.`],
  ['isNumber', 'NUMBER_INVALID', (label) => `${label} phải là số.`],
  ['isBoolean', 'TYPE', (label) => `${label} phải là true hoặc false.`],
  [
    'isIso8601',
    'DATE_FORMAT',
    (label) => `${label} phải là thời điểm ISO 8601, ví dụ 2024-05-10T08:00:00+07:00.`,
  ],
];

/**
 * The figure or list at the end of class-validator's own message: "… must not be less than 1",
 * "… must be shorter than or equal to 1000 characters".
 */
const limitIn = (message: string): string =>
  /(?:values: |than or equal to |than |to )([^:]+?)(?: characters)?$/.exec(message)?.[1] ?? '';

/** The library's figure as people read it: 1.000. */
const inGroups = (figure: string): string => displayNumber(Number(figure));

function missing(error: ValidationError, field: string): FieldProblem {
  if (error.property === 'reason') return { field, code: 'REASON', detail: 'Vui lòng nhập lý do.' };
  return { field, code: 'REQUIRED', detail: `Vui lòng nhập ${labelOf(error)}.` };
}

function describe(error: ValidationError, field: string): FieldProblem {
  const constraints = error.constraints ?? {};
  const unknown = 'whitelistValidation' in constraints;
  const absent = error.value === undefined || error.value === null;
  if (!unknown && (absent || 'isVisible' in constraints)) return missing(error, field);
  const { isShaped } = constraints;
  if (isShaped !== undefined && !('maxLength' in constraints)) {
    return { field, ...(JSON.parse(isShaped) as Omit<FieldProblem, 'field'>) };
  }
  const isRuled = !unknown || error.property === 'image';
  const rules = 'max' in constraints && !('isInt' in constraints) ? overRules : fieldRules;
  const rule = isRuled ? rules[error.property] : undefined;
  if (rule) return { field, ...rule };
  const known = constraintRules.find(([constraint]) => constraint in constraints);
  const label = labelOf(error);
  if (!known) return { field, code: 'TYPE', detail: `${label} không đúng kiểu dữ liệu.` };
  const [constraint, code, say] = known;
  return { field, code, detail: say(label, limitIn(constraints[constraint] ?? '')) };
}

/** Every broken field, nested ones by their pointer: `/signature/account`. */
function flatten(
  errors: readonly ValidationError[],
  above: readonly string[] = [],
): FieldProblem[] {
  return errors.flatMap((error) => {
    const path = [...above, error.property];
    const own = error.constraints ? [describe(error, fieldAt(path))] : [];
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

function ruleFaults(errors: readonly ValidationError[]): readonly FieldProblem[] {
  const target = errors[0]?.target ?? {};
  const { faults } = target.constructor as Ruled;
  const wrong = new Set(errors.map(({ property }) => property));
  const right = Object.entries(target).filter(([field]) => !wrong.has(field));
  return faults?.(Object.fromEntries(right)).map(fieldProblem) ?? [];
}

/** Most of what is sent is right, which is found out by rules that were looked up once. */
class CompiledPipe extends ValidationPipe {
  protected override validate(object: object, options?: ValidatorOptions) {
    return isSurelyRight(object) ? [] : super.validate(object, options);
  }
}

/** Checks bodies and queries against their classes; nothing unknown passes. */
export const validationPipe = (): ValidationPipe =>
  new CompiledPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: true },
    exceptionFactory: (errors) => new BadInput([...flatten(errors), ...ruleFaults(errors)]),
  });
