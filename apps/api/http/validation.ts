import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { fieldLabels, type Field } from '#domain';
import type { FieldProblem } from './problem.ts';

/** Fields of the request that are missing, unknown or of a wrong type. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  constructor(readonly problems: readonly FieldProblem[]) {
    super('bad input');
  }
}

const labelOf = (field: string): string =>
  Object.hasOwn(fieldLabels, field) ? fieldLabels[field as Field] : field;

/** Fields whose own code says more than the type does. */
const fieldRules: Readonly<Record<string, { readonly code: string; readonly detail: string }>> = {
  firstNumber: {
    code: 'START_INVALID',
    detail: 'Số ban đầu phải là số nguyên lớn hơn hoặc bằng 1.',
  },
};

/** What each kind of broken constraint is called and told, most telling first. */
const constraintRules: readonly (readonly [string, string, (label: string) => string])[] = [
  [
    'whitelistValidation',
    'UNKNOWN_FIELD',
    (label) => `Trường “${label}” không được hỗ trợ. Vui lòng bỏ trường này.`,
  ],
  ['isString', 'TYPE', (label) => `${label} phải là chuỗi ký tự.`],
  ['isIn', 'NOT_ALLOWED', (label) => `${label} không thuộc các giá trị cho phép.`],
  ['maxLength', 'TOO_LONG', (label) => `${label} quá dài, vui lòng rút gọn.`],
  ['isInt', 'NUMBER_INVALID', (label) => `${label} phải là số nguyên.`],
  ['min', 'NUMBER_INVALID', (label) => `${label} nhỏ hơn giá trị cho phép.`],
  ['max', 'NUMBER_INVALID', (label) => `${label} lớn hơn giá trị cho phép.`],
  ['isNumber', 'NUMBER_INVALID', (label) => `${label} phải là số.`],
  ['isBoolean', 'TYPE', (label) => `${label} phải là true hoặc false.`],
  [
    'isIso8601',
    'DATE_FORMAT',
    (label) => `${label} phải là thời điểm ISO 8601, ví dụ 2024-05-10T08:00:00+07:00.`,
  ],
];

function describe(error: ValidationError, path: string): FieldProblem {
  const broken = Object.keys(error.constraints ?? {});
  const label = labelOf(error.property);
  const unknown = broken.includes('whitelistValidation');
  if (!unknown && (error.value === undefined || error.value === null)) {
    return { field: path, code: 'REQUIRED', detail: `Vui lòng nhập ${label}.` };
  }
  const rule = unknown ? undefined : fieldRules[error.property];
  if (rule) return { field: path, ...rule };
  const known = constraintRules.find(([constraint]) => broken.includes(constraint));
  if (known) return { field: path, code: known[1], detail: known[2](label) };
  return { field: path, code: 'TYPE', detail: `${label} không đúng kiểu dữ liệu.` };
}

/** Every broken field, nested ones by their path: `signature.account`. */
function flatten(errors: readonly ValidationError[], prefix = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const path = `${prefix}${error.property}`;
    const own = error.constraints ? [describe(error, path)] : [];
    return [...own, ...flatten(error.children ?? [], `${path}.`)];
  });
}

/** Checks bodies and queries against their classes; nothing unknown passes. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false },
    exceptionFactory: (errors) => new BadInput(flatten(errors)),
  });
