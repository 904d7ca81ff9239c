import { createHash, randomUUID } from 'node:crypto';
import { UseInterceptors, applyDecorators } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes } from '@nestjs/swagger';
import { idempotencyKey, type ApiRequest } from '../http/request.ts';

/** 5 MiB of image; inspection says the same of what comes by another way. */
const MOST_BYTES = 5 * 1024 * 1024;
const limits = { fileSize: MOST_BYTES, files: 1, fields: 20, fieldSize: 16 * 1024, parts: 25 };

/** A multipart form with one file in `image`, held in memory until it has been inspected. */
export const ImageUpload = () =>
  applyDecorators(
    ApiConsumes('multipart/form-data'),
    UseInterceptors(FileInterceptor('image', { limits })),
  );

export interface UploadedImage {
  readonly buffer: Buffer;
}

/** The id of a new signature or seal; a repeated request with the same key names the same one. */
export function newSpecimenId(request: ApiRequest): string {
  const key = idempotencyKey(request);
  if (key === undefined) return randomUUID();
  const seed = `${request.actor?.agency ?? ''} ${request.actor?.account ?? ''} ${key}`;
  const hex = createHash('sha256').update(seed).digest('hex');
  return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-');
}
