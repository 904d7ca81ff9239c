import { LARGEST_NUMBER, longest, MONTH, registerTypes, reportPeriods } from '#domain';
import { allProjections } from '#projections';
import type { InPaths } from './http/document/described-parameters.ts';

/** What stands in paths, by its name there. */
export const inPaths: InPaths = {
  agency: {
    description: 'Mã cơ quan',
    schema: { type: 'string', maxLength: 32, example: 'BK-001' },
  },
  bookId: {
    description: 'Mã sổ, như khi mở sổ và trong danh sách sổ',
    schema: { type: 'string', maxLength: 42, example: 'SCTDT.BS-2024-9f86d081884c7d65' },
  },
  correlationId: {
    description: 'Mã yêu cầu (X-Correlation-Id)',
    schema: { type: 'string', maxLength: 128, example: '5b0cbf8b-6f43-4d55-8a35-0d3f3f3c9a10' },
  },
  proposalId: {
    description: 'Mã đề nghị, như khi gửi đề nghị và trong danh sách đề nghị',
    schema: { type: 'string', maxLength: 26, example: '1-9f86d081884c7d65' },
  },
  number: {
    description: 'Số chứng thực, không có số 0 ở đầu',
    schema: { type: 'integer', minimum: 1, maximum: LARGEST_NUMBER, example: 1 },
  },
  id: {
    description:
      'Mã chữ ký, con dấu hoặc văn bản ủy quyền, phân công, như khi thêm mới và trong danh sách',
    schema: {
      type: 'string',
      maxLength: 36,
      format: 'uuid',
      example: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
    },
  },
  dossier: {
    description: 'Mã hồ sơ, như khi tiếp nhận; ký tự / ghi là %2F',
    schema: { type: 'string', maxLength: longest.dossier, example: 'H03.26-0001' },
  },
  type: {
    description: 'Loại sổ',
    schema: { type: 'string', enum: registerTypes.map(({ code }) => code), example: 'SCTDT.BS' },
  },
  projection: {
    description: 'Tên bảng đọc, như trong danh sách',
    schema: {
      type: 'string',
      enum: allProjections.map(({ name }) => name),
      example: 'register_entries',
    },
  },
  code: {
    description: 'Mã xác minh in trên bản sao; không phân biệt chữ hoa, dấu cách, gạch nối',
    schema: { type: 'string', maxLength: 64, example: '01AV-9QXT-2B4C-WZ10' },
  },
  exportId: {
    description: 'Mã lần in, như khi bắt đầu in và trong danh sách',
    schema: { type: 'string', maxLength: 32, example: '9f86d081884c7d659a2feaa0c55ad015' },
  },
  month: {
    description: 'Tháng, dạng YYYY-MM',
    schema: { type: 'string', pattern: MONTH, example: '2024-05' },
  },
  period: {
    description: `Kỳ báo cáo: ${reportPeriods
      .slice(0, 3)
      .map(({ code, label }) => `\`${code}\` ${label}`)
      .join(', ')}, hoặc tháng`,
    schema: { type: 'string', enum: reportPeriods.map(({ code }) => code), example: 'half-year' },
  },
  year: {
    description: 'Năm của sổ',
    schema: { type: 'integer', minimum: 1900, maximum: 2099, example: 2024 },
  },
};
