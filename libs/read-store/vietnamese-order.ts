/**
 * The order of Vietnamese names, as text that any store sorts by its bytes. Our own table, so that
 * the order stays what it is whatever release of Node, ICU, SQLite or MongoDB runs: what was stored
 * years ago and what is stored today stand in one index.
 *
 * Letters first: a ă â b c d đ e ê … o ô ơ … u ư v w x y z, where `{` and `|`, which stand behind
 * all letters in ASCII, make ă of a. Then the tones, word by word: ngang, huyền, hỏi, ngã, sắc, nặng.
 */

/** Each vowel with its six tones, and what it weighs. */
const VOWELS = {
  aàảãáạ: 'a',
  ăằẳẵắặ: 'a{',
  âầẩẫấậ: 'a|',
  eèẻẽéẹ: 'e',
  êềểễếệ: 'e{',
  iìỉĩíị: 'i',
  oòỏõóọ: 'o',
  ôồổỗốộ: 'o{',
  ơờởỡớợ: 'o|',
  uùủũúụ: 'u',
  ưừửữứự: 'u{',
  yỳỷỹýỵ: 'y',
};
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';
/** Đ, and the letters that look like it and come in by pasting: eth and the African D. */
const D_WITH_STROKE = 'đĐðÐɖƉ';
/** Signs as dictionaries put them, before digits and letters. */
const SIGNS = '_-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';
/** Marks that stand alone because no letter was made for both: the five tones, in their order. */
const TONE_MARKS = '\u0300\u0309\u0303\u0301\u0323';
const OTHER_MARK = '9';

const BETWEEN_WORDS = '!';
const BEFORE_SIGN = '#';
const BEFORE_FOREIGN = '~';
/** Before everything a word can hold, so that a shorter name comes first. */
const BEFORE_TONES = ' ';

interface Weight {
  readonly letter: string;
  readonly tone: string;
}

const weights = new Map<string, Weight>([
  ...Object.entries(VOWELS).flatMap(([row, letter]) =>
    Array.from(row).flatMap((one, at) =>
      bothCases(one, { letter, tone: at === 0 ? '' : String(at) }),
    ),
  ),
  ...Array.from(CONSONANTS).flatMap((one) => bothCases(one, { letter: one, tone: '' })),
  ...Array.from(D_WITH_STROKE).map((one) => [one, { letter: 'd{', tone: '' }] as const),
  ...Array.from('0123456789').map((one) => [one, { letter: one, tone: '' }] as const),
  ...Array.from(SIGNS).map((one, at) => {
    const letter = BEFORE_SIGN + String.fromCharCode('A'.charCodeAt(0) + at);
    return [one, { letter, tone: '' }] as const;
  }),
  ...Array.from(TONE_MARKS).map((one, at) => [one, { letter: '', tone: String(at + 1) }] as const),
]);

function bothCases(one: string, weight: Weight): readonly (readonly [string, Weight])[] {
  return [
    [one, weight],
    [one.toUpperCase(), weight],
  ];
}

/**
 * Sort key of a name: ASCII, the same for NFC and NFD, for both cases, and wherever the tone of a
 * syllable was put (hoà, hòa). Runs of white space count once.
 */
export function vietnameseOrder(text: string): string {
  const words = text.normalize('NFC').split(/\s+/u);
  const letters: string[] = [];
  const tones: string[] = [];
  for (const word of words) {
    if (word === '') continue;
    const { letter, tone } = weightOf(word);
    letters.push(letter);
    tones.push(tone);
  }
  const toned = tones.join('.').replace(/\.+$/, '');
  return letters.join(BETWEEN_WORDS) + (toned === '' ? '' : BEFORE_TONES + toned);
}

function weightOf(word: string): Weight {
  let letter = '';
  let tone = '';
  for (const one of word) {
    const weight = weights.get(one) ?? foreign(one);
    letter += weight.letter;
    tone += weight.tone;
  }
  return { letter, tone };
}

/** What is no letter of the alphabet: one with another mark beside its own, else behind all letters by its number. */
function foreign(one: string): Weight {
  if (/[\u0300-\u036f]/.test(one)) return { letter: '', tone: OTHER_MARK };
  const parts = one.normalize('NFD');
  if (parts !== one) return weightOf(parts);
  const number = (one.codePointAt(0) ?? 0).toString(16).padStart(6, '0');
  return { letter: BEFORE_FOREIGN + number, tone: '' };
}
