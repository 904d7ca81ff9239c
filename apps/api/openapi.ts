import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { describeAnswers } from './http/document/described-answers.ts';
import { ProblemDetails } from './http/document/openapi.ts';

/** The API's description, from its controllers and their classes. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Sổ chứng thực điện tử')
    .setDescription(
      'Sổ chứng thực bản sao điện tử từ bản chính: mở sổ, cấp số, chữ ký, con dấu, nhật ký. Lỗi theo RFC 9457, mã ổn định trong `code`.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, options, { extraModels: [ProblemDetails] });
  return describeAnswers(wholeNumbers(document));
}

/** There is no number in this API that is not whole; TypeScript has but one type for both. */
function wholeNumbers(document: OpenAPIObject): OpenAPIObject {
  const replace = (key: string, value: unknown): unknown =>
    key === 'type' && value === 'number' ? 'integer' : value;
  return JSON.parse(JSON.stringify(document, replace)) as OpenAPIObject;
}
