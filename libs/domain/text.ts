/** Text as the register keeps it: NFC, outer white space gone, inner runs one blank, no control characters. */
export function tidy(text: string): string {
  return (
    text
      .normalize('NFC')
      // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b\ufeff\s]+/gu, ' ')
      .trim()
  );
}
