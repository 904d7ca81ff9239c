/** A type of certification the law counts apart. A new one is a row here, of the tariff and of the forms. */
export interface RegisterType {
  /** Stands in stream names and URLs: ASCII, no hyphen. */
  readonly code: string;
  /** As the law and the screens write it; the suffix of book names. */
  readonly label: string;
  /** What follows the number: `001/ĐT`; empty where the number stands alone: `001`. */
  readonly numberSuffix: string;
  readonly title: string;
  /** Its copies are files: they are stamped and signed as such. */
  readonly isElectronic: boolean;
}

/** NĐ 23/2015 Điều 13, công văn 614/HTQTCT-CT: each counts by itself, and none needs a book of another. */
export const registerTypes: readonly RegisterType[] = [
  {
    code: 'SCTDT.BS',
    label: 'SCTĐT/BS',
    numberSuffix: 'ĐT',
    title: 'Chứng thực bản sao điện tử từ bản chính',
    isElectronic: true,
  },
  {
    code: 'SCT.BS',
    label: 'SCT/BS',
    numberSuffix: '',
    title: 'Chứng thực bản sao từ bản chính',
    isElectronic: false,
  },
  {
    code: 'SCT.CKND',
    label: 'SCT/CKND',
    numberSuffix: '',
    title: 'Chứng thực chữ ký người dịch',
    isElectronic: false,
  },
];

/** @throws Error when there is no such type: callers check user input before. */
export function registerType(code: string): RegisterType {
  const type = registerTypes.find((candidate) => candidate.code === code);
  if (!type) throw new Error(`unknown register type ${code}`);
  return type;
}

/** The type a full book name bears as its suffix; undefined where it bears none there is. */
export const registerTypeNamedIn = (name: string): RegisterType | undefined =>
  registerTypes.find(({ label }) => name.toUpperCase().endsWith(`-${label}`));

/** One register: one agency, one type, one calendar year (NĐ 23/2015 Điều 13). The consistency boundary. */
export interface RegisterKey {
  readonly agency: string;
  /** Code of a `RegisterType`. */
  readonly type: string;
  readonly year: number;
}

const PREFIX = 'register-';

/** Injective: read from its end, a year has no hyphen and neither has a type as it stands here. */
export const registerStream = (key: RegisterKey): string =>
  `${PREFIX}${key.agency}-${withoutHyphen(key.type)}-${key.year}`;

const withoutHyphen = (type: string): string =>
  type.replace(/[%-]/g, (character) => (character === '%' ? '%25' : '%2D'));

const withHyphen = (type: string): string =>
  type.replace(/%2[5D]/g, (code) => (code === '%25' ? '%' : '-'));

/** The inverse of `registerStream`; undefined where the stream is no register's. */
export function registerKeyOf(stream: string): RegisterKey | undefined {
  const beforeYear = stream.lastIndexOf('-');
  const beforeType = stream.lastIndexOf('-', beforeYear - 1);
  const year = Number(stream.slice(beforeYear + 1));
  if (!stream.startsWith(PREFIX) || beforeType < PREFIX.length || !Number.isInteger(year)) {
    return undefined;
  }
  const agency = stream.slice(PREFIX.length, beforeType);
  return { agency, type: withHyphen(stream.slice(beforeType + 1, beforeYear)), year };
}
