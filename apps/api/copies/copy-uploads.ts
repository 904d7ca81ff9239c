import {
  applyDecorators,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Response } from 'express';
import multer, { MulterError } from 'multer';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { LARGEST_SCAN_MIB, LARGEST_SIGNED_MIB } from '#paper';
import type { Turns } from '#threads';
import { askerOf } from '../http/asker.ts';
import { checkBody } from '../http/doors/bodies.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { CopyTurns } from './copy-desk.ts';

const MIB = 1024 * 1024;

/** Held in memory, and nowhere else: a scan is of somebody's papers, and nothing of it is kept. */
const receiving = (mostMib: number, fields: number) => {
  const limits = { fileSize: mostMib * MIB, files: 1, fields, fieldSize: 1024, parts: 8 };
  return multer({ limits, storage: multer.memoryStorage() }).single('file');
};

function problemOf(error: unknown, limitMiB: number): ApiProblem {
  if (!(error instanceof MulterError)) return new ApiProblem('MALFORMED_REQUEST', {});
  if (error.code === 'LIMIT_FILE_SIZE') return new ApiProblem('FILE_OVER_LIMIT', { limitMiB });
  return new ApiProblem('FILE_MISSING', {});
}

abstract class PdfInterceptor implements NestInterceptor {
  private readonly receive: ReturnType<typeof receiving>;

  constructor(
    private readonly turns: Turns,
    private readonly mostMib: number,
    fields: number,
  ) {
    this.receive = receiving(mostMib, fields);
  }

  /** Nothing of a file is read before its turn has come: it waits where it is sent from. */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<ApiRequest>(), http.getResponse<Response>()];
    const { account, signal } = askerOf(request);
    const answer: unknown = await this.turns.take(account, signal, async () => {
      await this.received(request, response);
      checkBody(request.body);
      return lastValueFrom(next.handle() as Observable<unknown>, { defaultValue: undefined });
    });
    return of(answer);
  }

  private received(request: ApiRequest, response: Response): Promise<void> {
    return new Promise((resolve, reject) => {
      this.receive(request, response, (error: unknown) => {
        if (error) reject(problemOf(error, this.mostMib));
        else resolve();
      });
    });
  }
}

@Injectable()
class ScanInterceptor extends PdfInterceptor {
  constructor(turns: CopyTurns) {
    super(turns, LARGEST_SCAN_MIB, 1);
  }
}

@Injectable()
class SignedInterceptor extends PdfInterceptor {
  constructor(turns: CopyTurns) {
    super(turns, LARGEST_SIGNED_MIB, 0);
  }
}

/** A multipart form with one PDF in `file`. */
export const ScanUpload = () =>
  applyDecorators(ApiConsumes('multipart/form-data'), UseInterceptors(ScanInterceptor));
export const SignedUpload = () =>
  applyDecorators(ApiConsumes('multipart/form-data'), UseInterceptors(SignedInterceptor));

/** @throws ApiProblem FILE_MISSING */
export function pdfOf({ file }: ApiRequest): Buffer {
  if (!file) throw new ApiProblem('FILE_MISSING', {});
  return file.buffer;
}
