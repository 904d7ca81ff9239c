/**
 * What an agency is called by others, beside the code by which its registers are kept here. Two
 * things, neither made of the other, and either may be unknown.
 */
export interface AgencyCodes {
  /** Mã định danh điện tử (QĐ 20/2020/QĐ-TTg): `H55.1.2`. */
  readonly identifier: string | null;
  /** Mã đơn vị hành chính of the statistics office: two digits of a province, five of a commune. */
  readonly statisticalCode: string | null;
}

export const noCodes: AgencyCodes = { identifier: null, statisticalCode: null };

/** A letter and two digits, then levels joined by dots; with all of them at most so long. */
export const IDENTIFIER = '^[A-Z][0-9]{2}(\\.[A-Z0-9]+)*$';
export const LONGEST_IDENTIFIER = 35;
/** Of a province, of a district as it was until 30/06/2025, of a commune. */
export const STATISTICAL_CODE = '^([0-9]{2}|[0-9]{3}|[0-9]{5})$';

const identifierShape = new RegExp(IDENTIFIER);
const statisticalShape = new RegExp(STATISTICAL_CODE);

export const canBeIdentifier = (text: string): boolean =>
  text.length <= LONGEST_IDENTIFIER && identifierShape.test(text);

export const canBeStatisticalCode = (text: string): boolean => statisticalShape.test(text);
