import { Injectable } from '@nestjs/common';
import { acceptImage, ImageRefused, type Nouns } from '#commands';
import { RunCommand } from '#commands/bus';
import { Refusal } from '#domain';
import type { Projection } from '#projections';
import type { Doc } from '#read-store';
import { answerCommand, Desk } from '../desk.ts';
import { askerOf } from '../http/asker.ts';
import type { Call } from '../http/call.ts';
import { pageAnswer, pageQuery, type PageFacts, type Sorting } from '../http/fields/paging.dto.ts';
import { validationPipe } from '../http/fields/validation.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import { fieldProblem, imageFault } from '../http/problems/problem-bodies.ts';
import type { ApiRequest } from '../http/request.ts';
import { answerImage } from './images.ts';
import { Renders } from './renders.ts';
import { specimenAnswer, specimenFacts } from './specimen-row.ts';
import type { SpecimenListQuery } from './specimen-lists.dto.ts';
import type { ImageQuery, SealRow, SpecimenAnswer } from './specimens.dto.ts';
import type { UploadedImage } from './upload.ts';

/** What differs between signatures and seals in a list. */
export interface SpecimenKind<R extends SealRow> {
  readonly noun: 'signature' | 'seal';
  readonly projection: Projection;
  readonly sorting: Sorting;
  readonly row: (doc: Doc) => R;
  /** The refusal where a command names one that is not there. */
  readonly missing: 'SIGNATURE_NOT_FOUND' | 'SEAL_NOT_FOUND';
}

/** The picture a form brings, and what is to be made of it. */
export type Picture = Pick<Nouns['seal']['task'], 'bytes' | 'crop'>;

/** The body that the controllers of signatures and seals share. */
@Injectable()
export class SpecimenDesk {
  constructor(
    private readonly desk: Desk,
    private readonly renders: Renders,
  ) {}

  /** Who asks, when, and on which revision: what goes with every command. */
  asked(request: ApiRequest): ReturnType<Desk['asked']> {
    return this.desk.asked(request);
  }

  async list<R extends SealRow>(
    { projection, sorting, row }: SpecimenKind<R>,
    request: ApiRequest,
    asked: SpecimenListQuery & { readonly account?: string },
  ): Promise<PageFacts & { readonly items: R[] }> {
    const { state, account } = asked;
    const filter = {
      agency: String(request.params['agency']),
      ...(state !== undefined && { state }),
      ...(account !== undefined && { account }),
    };
    const page = await this.desk.page(request, projection, pageQuery(asked, filter, sorting));
    return pageAnswer(page, asked, ({ doc }) => row(doc));
  }

  async one<R extends SealRow>(
    { projection, row }: SpecimenKind<R>,
    request: ApiRequest,
    id: string,
  ): Promise<R> {
    const { doc } = await this.desk.only(request, projection, { id });
    return row(doc);
  }

  /** Answers the picture itself. */
  async image(
    kind: SpecimenKind<SealRow>,
    { request, response }: Call,
    id: string,
    asked: ImageQuery,
  ): Promise<void> {
    const row = await this.one(kind, request, id);
    await answerImage(this.renders, row, asked, [request, response]);
  }

  /** The form of a command, with its picture if it has one. @throws BadInput all that is wrong with both */
  async form<F extends object>(
    { noun, isNew }: { readonly noun: 'signature' | 'seal'; readonly isNew: boolean },
    metatype: new () => F,
    request: ApiRequest,
  ): Promise<F> {
    const body: unknown = request.body;
    try {
      return (await FORMS.transform(body, { type: 'body', metatype })) as F;
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      const ofImage = request.file
        ? await this.imageFaults(noun, request, request.file.buffer)
        : isNew
          ? [fieldProblem(noImage)]
          : [];
      throw new BadInput([...error.problems, ...ofImage]);
    }
  }

  private async imageFaults(noun: 'signature' | 'seal', request: ApiRequest, bytes: Buffer) {
    const { crop } = request.body as { crop?: unknown };
    const cropping = crop === 'auto' ? crop : undefined;
    try {
      await this.renders.inTurn(askerOf(request), () => acceptImage(bytes, noun, cropping));
      return [];
    } catch (error) {
      if (error instanceof ImageRefused) return [imageFault(error)];
      throw error;
    }
  }

  async run<N extends SpecimenKind<SealRow>['noun']>(
    { noun, missing }: Pick<SpecimenKind<SealRow>, 'missing'> & { readonly noun: N },
    { request, response }: Call,
    task: Nouns[N]['task'],
  ): Promise<SpecimenAnswer> {
    const { id, type } = task.command;
    const message = new RunCommand(noun, task);
    const run = () => this.desk.run(request, message, (state) => specimenFacts(state, id));
    const outcome = await (task.bytes ? this.renders.inTurn(askerOf(request), run) : run());
    const made = type.startsWith('Register');
    const home = `/v1/agencies/${String(request.params['agency'])}/${noun}s`;
    if (made && outcome.events.length > 0) response.location(`${home}/${id}`);
    return {
      ...specimenAnswer(outcome, id, missing),
      ...answerCommand(response, outcome, made),
    };
  }
}

const FORMS = validationPipe();
const noImage = new Refusal('REQUIRED', { field: 'image' });

/** The picture of a new specimen. @throws Refusal REQUIRED */
export function requireImage({ file }: ApiRequest): UploadedImage {
  if (!file) throw noImage;
  return file;
}

/** The fields that were sent. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent) as { [K in keyof T]: Exclude<T[K], undefined> };
}
