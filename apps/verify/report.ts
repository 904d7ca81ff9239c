import {
  findingText,
  onOneLine,
  type BundleScope,
  type Language,
  type Timestamp,
  type Verdict,
} from '#audit/proofs';

/** Findings that are written out; the others are counted. */
const MOST_TOLD = 100;

interface Words {
  readonly whole: string;
  readonly broken: (count: number) => string;
  readonly rows: (verdict: Verdict) => readonly (readonly [string, string])[];
  readonly scope: (scope: BundleScope) => string;
  readonly noImages: string;
  /** Of an authority nobody has vouched for. */
  readonly untrusted: string;
  readonly more: (count: number) => string;
  readonly unproven: string;
  readonly unseen: string;
}

const number = (count: number, language: Language): string =>
  count.toLocaleString(language === 'vi' ? 'vi-VN' : 'en');

const words: Readonly<Record<Language, Words>> = {
  vi: {
    whole: 'NGUYÊN VẸN: không ai sửa, bớt, thêm hay đổi chỗ điều gì đã được niêm phong.',
    broken: (count) => `KHÔNG NGUYÊN VẸN: ${number(count, 'vi')} điểm sai.`,
    rows: (verdict) =>
      rowsOf(verdict, 'vi', [
        'Nhật ký',
        'Phạm vi',
        'Điểm kiểm tra',
        'Gốc',
        'Sự kiện',
        'Số đã cấp',
        'Luồng',
        'Ảnh',
        'Nhân chứng',
        'Dấu thời gian',
      ]),
    scope: scopeIn({ everything: 'toàn bộ', agency: 'cơ quan', register: 'sổ', year: 'năm' }),
    noImages: 'không có trong gói',
    untrusted: 'chưa đối chiếu cơ quan cấp dấu, xem --tsa',
    unseen: 'Gói này không có ảnh: ảnh chưa được kiểm tra.',
    more: (count) => `… và ${number(count, 'vi')} điểm sai khác`,
    unproven:
      'Gói này là một phần của nhật ký: luồng nào được kể thì đầy đủ đến điểm kiểm tra; rằng cơ quan không còn luồng nào khác thì chỉ gói toàn bộ mới chứng minh được.',
  },
  en: {
    whole: 'WHOLE: nobody has changed, removed, added or moved anything that was sealed.',
    broken: (count) => `NOT WHOLE: ${number(count, 'en')} findings.`,
    rows: (verdict) =>
      rowsOf(verdict, 'en', [
        'Log',
        'Scope',
        'Checkpoint',
        'Root',
        'Events',
        'Numbers given',
        'Streams',
        'Pictures',
        'Witnesses',
        'Timestamps',
      ]),
    scope: scopeIn({
      everything: 'everything',
      agency: 'agency',
      register: 'register',
      year: 'year',
    }),
    noImages: 'not in the bundle',
    untrusted: 'not by an authority named with --tsa',
    unseen: 'The bundle is without pictures: none was verified.',
    more: (count) => `… and ${number(count, 'en')} more`,
    unproven:
      'This bundle is a part of the log: each stream it names is whole up to the checkpoint; that the agency has no other is proven by a bundle of everything alone.',
  },
};

function scopeIn(kinds: Readonly<Record<BundleScope['kind'], string>>) {
  return (scope: BundleScope): string => {
    const { kind, ...which } = scope;
    return [kinds[kind], ...Object.values(which).map(String)].join(' ');
  };
}

function rowsOf(verdict: Verdict, language: Language, labels: readonly string[]) {
  const { header, checkpoint, events, numbers, streams, images, cosignedBy } = verdict;
  const { timestamps } = verdict;
  const { scope, noImages, untrusted } = words[language];
  const toldTimestamp = ({ tsa, at, isTrusted }: Timestamp): string =>
    `${at} (${tsa}${isTrusted ? '' : `; ${untrusted}`})`;
  const count = (one: number): string => number(one, language);
  const values = [
    checkpoint.origin,
    scope(header.scope),
    count(checkpoint.size),
    checkpoint.root,
    count(events),
    count(numbers),
    count(streams.length),
    header.images ? count(images) : noImages,
    cosignedBy.length === 0 ? '–' : cosignedBy.join(', '),
    timestamps.length === 0 ? '–' : timestamps.map(toldTimestamp).join('; '),
  ];
  return labels.map((label, i) => [label, values[i] ?? ''] as const);
}

/** The verdict in words. */
export function report(verdict: Verdict, language: Language): string {
  const { isWhole, findings, findingsInAll, header } = verdict;
  const { whole, broken, rows, more, unproven, unseen } = words[language];
  const told = findings.slice(0, MOST_TOLD);
  const table = rows(verdict);
  const width = Math.max(...table.map(([label]) => label.length));
  return [
    ...table.map(([label, value]) => `${label.padEnd(width)}  ${onOneLine(value)}`),
    '',
    ...told.map((finding) => `✗ ${findingText(finding, language)}`),
    ...(findingsInAll > told.length ? [more(findingsInAll - told.length)] : []),
    ...(header.scope.kind === 'everything' ? [] : [unproven]),
    ...(header.images ? [] : [unseen]),
    isWhole ? whole : broken(findingsInAll),
  ].join('\n');
}
