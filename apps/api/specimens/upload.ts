import {
  UseInterceptors,
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Response } from 'express';
import multer, { MulterError } from 'multer';
import type { Observable } from 'rxjs';
import { uuidText } from '#commands';
import { MAX_BYTES } from '#image-store';
import { derivedId } from '../derived-id.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { checkBody } from '../http/doors/bodies.ts';
import { idempotencyKey, type ApiRequest } from '../http/request.ts';

const limits = { fileSize: MAX_BYTES, files: 1, fields: 20, fieldSize: 16 * 1024, parts: 25 };
/** Held in memory until it has been inspected: what is refused never touches the disk. */
const receive = multer({ limits, storage: multer.memoryStorage() }).single('image');

/** What is wrong with an upload, by what multer and its parser say. */
function uploadProblem(error: unknown): ApiProblem {
  if (!(error instanceof MulterError)) return new ApiProblem('MALFORMED_REQUEST', {});
  if (error.code === 'LIMIT_FILE_SIZE') {
    return new ApiProblem('UPLOAD_TOO_LARGE', { limitMiB: MAX_BYTES / 1024 / 1024 });
  }
  if (error.code === 'LIMIT_FIELD_VALUE') return new ApiProblem('PAYLOAD_TOO_LARGE', {});
  return new ApiProblem('UPLOAD_FIELD', { field: error.field ?? 'image' });
}

class ImageInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<ApiRequest>(), http.getResponse<Response>()];
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => {
        if (error) reject(uploadProblem(error));
        else resolve();
      });
    });
    checkBody(request.body);
    return next.handle();
  }
}

/** A multipart form with one file in `image`. */
export const ImageUpload = () =>
  applyDecorators(ApiConsumes('multipart/form-data'), UseInterceptors(new ImageInterceptor()));

export interface UploadedImage {
  readonly buffer: Buffer;
}

/** The id of a new signature or seal; a repeated request with the same key names the same one. */
export function newSpecimenId(request: ApiRequest): string {
  const { agency = '', account = '' } = request.actor ?? {};
  return uuidText(derivedId(idempotencyKey(request), 'specimen', agency, account));
}
