import { createHash } from 'node:crypto';
import {
  applyDecorators,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import type { Observable } from 'rxjs';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { FileForm } from './verification.dto.ts';

/** A year of a large register as PDF is a tenth of it. */
const MOST_MIB = 256;
const limits = { fileSize: MOST_MIB * 1024 * 1024, files: 1, fields: 5, fieldSize: 1024, parts: 8 };

/** What is known of a file that went by. */
export interface HashedFile {
  readonly sha256: string;
}

/** Nothing of the file is kept, in memory or elsewhere: it is hashed as it comes in. */
const hashing: StorageEngine = {
  _handleFile(_request, { stream }, done) {
    const hash = createHash('sha256');
    stream.on('data', (chunk: Buffer) => hash.update(chunk));
    stream.once('error', (error) => done(error));
    stream.once('end', () => done(null, { sha256: hash.digest('hex') } as object));
  },
  _removeFile(_request, _file, done) {
    done(null);
  },
};
const receive = multer({ limits, storage: hashing }).single('file');

function problemOf(error: unknown): ApiProblem {
  if (!(error instanceof MulterError)) return new ApiProblem('MALFORMED_REQUEST', {});
  if (error.code === 'LIMIT_FILE_SIZE')
    return new ApiProblem('FILE_OVER_LIMIT', { limitMiB: MOST_MIB });
  return new ApiProblem('FILE_MISSING', {});
}

class HashingInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<ApiRequest>(), http.getResponse<Response>()];
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => {
        if (error) reject(problemOf(error));
        else resolve();
      });
    });
    return next.handle();
  }
}

/** A multipart form with one file in `file`, of any type, of which only the hash is taken. */
export const HashedUpload = () =>
  applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: FileForm }),
    UseInterceptors(new HashingInterceptor()),
  );

/** @throws ApiProblem FILE_MISSING */
export function hashedFileOf(request: ApiRequest): HashedFile {
  const file = request.file as unknown as HashedFile | undefined;
  if (!file) throw new ApiProblem('FILE_MISSING', {});
  return file;
}
