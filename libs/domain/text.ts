/** Characters that change how others are read, and halves of characters: nothing a register can keep. */
const INVISIBLE = /[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Text as the register keeps it: NFC, outer white space gone, inner runs one blank, no control characters. */
export function tidy(text: string): string {
  return (
    text
      .replace(INVISIBLE, '')
      .normalize('NFC')
      // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b\ufeff\s]+/gu, ' ')
      .trim()
  );
}
