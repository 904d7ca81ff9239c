import { canBeAgencyCode, registerTypes, type RegisterKey } from '#domain';

export interface RegisterOptions {
  readonly agency: string;
  readonly year: string;
  readonly type: string;
}

/** The register an operator means. @throws RangeError */
export function registerOf({ agency, year, type }: RegisterOptions): RegisterKey {
  if (!canBeAgencyCode(agency)) throw new RangeError(`--agency: ${agency} is no agency's code`);
  if (!registerTypes.some(({ code }) => code === type)) {
    const known = registerTypes.map(({ code }) => code).join(', ');
    throw new RangeError(`--type: ${type} is no type of register; there are: ${known}`);
  }
  if (!/^(19|20)\d{2}$/.test(year)) throw new RangeError('--year: four digits, as 2026');
  return { agency, type, year: Number(year) };
}
