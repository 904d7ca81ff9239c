import {
  getMetadataStorage,
  ValidationTypes,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';

type Fields = Readonly<Record<string, unknown>>;
type Holds = (value: unknown, object: Fields) => boolean;
type Metadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** What class-validator looks up of a class for each object, looked up once: a check of each field. */
type Compiled = ReadonlyMap<string, Holds>;

const compiled = new WeakMap<object, Compiled>();

/**
 * Whether an object surely keeps every rule of its class and has no field without one, as
 * `validate` of class-validator with `whitelist` and `forbidUnknownValues` would find. False says
 * nothing: what is wrong, and whatever is decided otherwise than at once, the library itself tells.
 */
export function isSurelyRight(object: object): boolean {
  const checks = compiledOf(object.constructor);
  if (checks.size === 0) return false;
  const fields = object as Fields;
  for (const name of Object.keys(fields)) if (!checks.has(name)) return false;
  for (const [name, holds] of checks) if (!holds(fields[name], fields)) return false;
  return true;
}

function compiledOf(type: object): Compiled {
  const known = compiled.get(type);
  if (known) return known;
  const storage = getMetadataStorage();
  const all =
    typeof type === 'function'
      ? storage.getTargetValidationMetadatas(type, undefined as never, false, false)
      : [];
  const grouped = Object.entries(storage.groupByPropertyName(all));
  const checks = new Map(grouped.map(([name, own]) => [name, fieldCheck(own)]));
  compiled.set(type, checks);
  return checks;
}

function fieldCheck(metadatas: readonly Metadata[]): Holds {
  const of = (kind: string) => metadatas.filter(({ type }) => type === kind);
  const conditions = of(ValidationTypes.CONDITIONAL_VALIDATION).map(
    ({ constraints }) => constraints[0] as (object: unknown, value: unknown) => boolean,
  );
  const custom = of(ValidationTypes.CUSTOM_VALIDATION).map(constraintCheck);
  const nested = of(ValidationTypes.NESTED_VALIDATION).length > 0 ? [isNestedRight] : [];
  const beside = metadatas.some(({ type }) => !understood.has(type)) ? [undecided] : [];
  const checks = [...beside, ...custom, ...nested];
  return (value, object) =>
    // As the library has it: each is asked, and one that does not apply rules out all checks.
    conditions.some((applies) => !applies(object, value)) ||
    checks.every((holds) => holds(value, object));
}

const understood = new Set<string>([
  ValidationTypes.CONDITIONAL_VALIDATION,
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.NESTED_VALIDATION,
  ValidationTypes.WHITELIST,
]);
const undecided: Holds = () => false;

/** Nested objects, or each of an array; what is none of these is not surely right. */
const isNestedRight: Holds = (value) => {
  if (value === undefined) return true;
  if (value === null || typeof value !== 'object') return false;
  return Array.isArray(value) ? value.every(isObjectRight) : isSurelyRight(value);
};

const isObjectRight = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && isSurelyRight(value);

function constraintCheck(metadata: Metadata): Holds {
  const { constraintCls, constraints, each, propertyName: property, validateIf } = metadata;
  const found = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  // What is found out later is not found out here.
  if (found.some((one) => one.async)) return undecided;
  const validators: ValidatorConstraintInterface[] = found.map(({ instance }) => instance);
  return (value, object) => {
    if (validateIf && !validateIf(object, value)) return true;
    const targetName = object.constructor.name;
    const asked: ValidationArguments = { targetName, property, object, value, constraints };
    const holds = (one: unknown): boolean =>
      validators.every((validator) => validator.validate(one, asked) === true);
    if (!each) return holds(value);
    if (value instanceof Set || value instanceof Map) return false;
    return Array.isArray(value) ? value.every(holds) : holds(value);
  };
}
