/** @throws RangeError */
export function wholeNumber(option: string, text: string | undefined): number {
  if (!/^\d{1,9}$/.test(text ?? ''))
    throw new RangeError(`${option}: no whole number: ${text ?? ''}`);
  return Number(text);
}
