import type { NestExpressApplication } from '@nestjs/platform-express';
import type { INestApplication } from '@nestjs/common';
import type { Express } from 'express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { describeAnswers } from './http/document/described-answers.ts';
import { describeParameters } from './http/document/described-parameters.ts';
import { describeLeftOut } from './http/document/left-out.ts';
import { ProblemDetails } from './http/document/openapi.ts';
import { describeQueries } from './http/document/query-rules.ts';
import { shareAnswers } from './http/document/shared-answers.ts';
import { asyncApi, eventSchemaDocument } from './feed/asyncapi.ts';
import { operationId, refusalsOf } from './openapi-operations.ts';
import { inPaths } from './openapi-paths.ts';
import { queryRules } from './openapi-queries.ts';

const TOKEN =
  'Mã truy cập (JWT) của nơi cấp đã cấu hình: tài khoản (sub), họ tên (name), vai trò và cơ quan của người đang thao tác';

/** The parts of the API, in the order they are come across. */
const parts: Readonly<Record<string, string>> = {
  'Cơ quan': 'Danh mục cơ quan: đăng ký, đổi tên, đổi cấp, ngừng hoạt động',
  'Sổ chứng thực': 'Quyển sổ của năm: mở, sửa, xóa, khóa',
  'Số chứng thực': 'Cấp số, đính chính, hủy số, hủy giá trị pháp lý',
  'Bản sao điện tử': 'Đóng dấu tệp quét, ghi nhận tệp đã ký số, và những bản còn chờ ký số',
  'In sổ': 'Sổ trên giấy: PDF, XLSX, CSV của một quyển, một tháng, một năm; tệp nào đã in',
  'Phí chứng thực': 'Biểu phí theo ngày, và bảng kê phí đã thu trong tháng',
  'Báo cáo': 'Kết quả chứng thực trong kỳ, của một cơ quan hoặc tổng hợp nhiều cơ quan',
  'Xác minh': 'Bản chứng thực là thật hay không, cho bất kỳ ai có mã hoặc tệp, không cần đăng nhập',
  'Đề nghị và xác nhận': 'Khóa sổ, đính chính do một tài khoản đề nghị, tài khoản khác xác nhận',
  'Chữ ký': 'Mẫu chữ ký của từng tài khoản, với các phiên bản ảnh',
  'Con dấu': 'Mẫu con dấu của cơ quan, với các phiên bản ảnh',
  'Hồ sơ': 'Tiếp nhận, hạn trả, hẹn trả và trả lại hồ sơ; hồ sơ đến hạn, quá hạn',
  'Ủy quyền, phân công':
    'Văn bản để người không phải Chủ tịch ký chứng thực, có phạm vi và thời hạn',
  'Kiểm toán': 'Nhật ký đã niêm phong: điểm kiểm tra, bằng chứng, gói cho kiểm toán',
  'Nhật ký': 'Ai đã làm gì, lúc nào; và mọi thứ như tại một thời điểm',
  'Luồng sự kiện': 'Sự kiện cho hệ thống khác, theo thứ tự nhật ký (CloudEvents 1.0)',
  'Đăng nhập': 'Cách trình duyệt đăng nhập, và ai đã đăng nhập',
  'Vận hành': 'Trạng thái của dịch vụ, cho người vận hành và hệ thống giám sát',
};

/** The API's description, from its controllers and their classes. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Sổ chứng thực điện tử')
    .setDescription(
      'Sổ chứng thực bản sao điện tử từ bản chính: mở sổ, cấp số, chữ ký, con dấu, nhật ký. Lỗi theo RFC 9457, mã ổn định trong `code`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: TOKEN });
  for (const [name, description] of Object.entries(parts)) builder.addTag(name, description);
  const options = builder.build();
  const document = SwaggerModule.createDocument(app, options, {
    extraModels: [ProblemDetails],
    operationIdFactory: operationId,
  });
  const whole = describeQueries(describeLeftOut(wholeNumbers(document)), queryRules);
  return shareAnswers(describeAnswers(describeParameters(whole, inPaths), refusalsOf));
}

/** The description as a page at `/docs`, and documents beside it: of the API, made once, when it is first asked for, and of the events. */
export function serveDocs(app: NestExpressApplication): void {
  let known: OpenAPIObject | undefined;
  let text: string | undefined;
  const document = (): OpenAPIObject => (known ??= describeApi(app));
  const express: Express = app.getHttpAdapter().getInstance();
  express.get('/docs/openapi.json', (_request, response) => {
    text ??= JSON.stringify(document());
    response.type('application/json').send(text);
  });
  const beside = { asyncapi: asyncApi, 'events.schema': eventSchemaDocument };
  for (const [name, described] of Object.entries(beside))
    express.get(`/docs/${name}.json`, (_request, response) => response.json(described));
  // Its own documents are written anew for everybody who asks.
  SwaggerModule.setup('docs', app, document, { raw: false });
}

/** There is no number in this API that is not whole; TypeScript has but one type for both. */
function wholeNumbers(document: OpenAPIObject): OpenAPIObject {
  const replace = (key: string, value: unknown): unknown =>
    key === 'type' && value === 'number' ? 'integer' : value;
  return JSON.parse(JSON.stringify(document, replace)) as OpenAPIObject;
}
