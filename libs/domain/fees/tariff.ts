/** What is taken for a certification, as one regulation says it of one type of register. */
export type Rate =
  | {
      /** By the pages of the original, for each copy. */
      readonly by: 'page';
      /** Đồng for each of the first pages. */
      readonly first: number;
      /** How many pages are first ones. */
      readonly firstPages: number;
      /** Đồng for each page behind them. */
      readonly further: number;
      /** Đồng for one copy at most. */
      readonly most: number;
    }
  | {
      /** By the matter (việc), whatever its pages: each paper is one. */
      readonly by: 'matter';
      /** Đồng. */
      readonly each: number;
    };

export interface Tariff {
  readonly source: string;
  /** The day it takes effect. */
  readonly since: string;
  /** By code of the register's type; what has none has no proposal. */
  readonly rates: Readonly<Record<string, Rate>>;
}

/** Bản sao: "2.000 đồng/trang; từ trang thứ ba trở lên thu 1.000 đồng/trang, tối đa không quá 200.000 đồng/bản". */
const copyByPage: Rate = {
  by: 'page',
  first: 2_000,
  firstPages: 2,
  further: 1_000,
  most: 200_000,
};

/** Tariffs with the day each takes effect, latest first. A new one is a row here and nothing else. */
export const tariffs: readonly Tariff[] = [
  {
    // Điều 4: Mức thu phí.
    source: 'Thông tư 226/2016/TT-BTC',
    since: '2017-01-01',
    rates: {
      'SCTDT.BS': copyByPage,
      'SCT.BS': copyByPage,
      'SCT.CKND': { by: 'matter', each: 10_000 },
    },
  },
];

/** The tariff in force on a day, `YYYY-MM-DD`; undefined before the first. */
export const tariffOn = (day: string): Tariff | undefined =>
  tariffs.find(({ since }) => day >= since);

export interface FeeOf {
  /** Code of the register's type. */
  readonly type: string;
  readonly certifiedOn: string;
  /** Of the original. */
  readonly pages: number | null;
  readonly copies: number;
}

/**
 * The fee in đồng that the tariff of the day makes: what screens propose, events record and reports
 * sum. Null where the day has no tariff for the type, or it goes by pages and nobody said how many.
 */
export function proposedFee({ type, certifiedOn, pages, copies }: FeeOf): number | null {
  const rate = tariffOn(certifiedOn)?.rates[type];
  if (!rate) return null;
  if (rate.by === 'matter') return rate.each * copies;
  if (pages === null) return null;
  const first = Math.min(pages, rate.firstPages);
  const sum = first * rate.first + (pages - first) * rate.further;
  return Math.min(rate.most, sum) * copies;
}
