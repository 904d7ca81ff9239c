import { fieldLabels, IDENTIFIER, LONGEST_IDENTIFIER, STATISTICAL_CODE } from '#domain';
import { Text } from '../http/fields/text.ts';
import { refusals } from '../http/problems/refusals.ts';

/** What others call an agency, as it is sent. */
export const Identifier = () =>
  Text({
    description: `${fieldLabels.identifier} theo Quyết định 20/2020/QĐ-TTg, khác với mã cơ quan`,
    example: 'H55.1.2',
    most: LONGEST_IDENTIFIER,
    pattern: IDENTIFIER,
    otherwise: { code: 'AGENCY_IDENTIFIER', detail: refusals.AGENCY_IDENTIFIER.detail({}) },
    optional: true,
  });

export const StatisticalCode = () =>
  Text({
    description: fieldLabels.statisticalCode,
    example: '05755',
    most: 5,
    pattern: STATISTICAL_CODE,
    otherwise: {
      code: 'AGENCY_STATISTICAL_CODE',
      detail: refusals.AGENCY_STATISTICAL_CODE.detail({}),
    },
    optional: true,
  });
