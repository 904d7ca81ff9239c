import { randomUUID } from 'node:crypto';
import type { Samples } from '../../bench/samples.ts';
import { form, paper } from '../support/office.ts';
import { ask, type Answered, type Call } from './ask.ts';
import type { Diary } from './diary.ts';
import { hashOfPixels } from './pixels.ts';
import type { Place } from './place.ts';

/** An office with its book. */
export interface OpenedOffice {
  readonly agency: string;
  /** `/v1/agencies/{agency}/books/{bookId}` */
  readonly book: string;
}

interface Given {
  readonly document: number;
  readonly requester: string;
  readonly number: number;
  readonly key: string | undefined;
}

/** Someone who does one thing after another, asks again until answered, and writes down what was said. */
export class Desk {
  private documents = 0;
  private readonly given: Given[] = [];

  /** @param pictures to be uploaded, none like another's */
  constructor(
    private readonly name: string,
    private readonly place: Place,
    private readonly office: OpenedOffice,
    private readonly tools: {
      readonly samples: Samples;
      readonly diary: Diary;
      readonly pictures: () => Promise<Buffer>;
      readonly tokens: { readonly officer: string; readonly certifier: string };
    },
  ) {}

  /** Works until told to stop; what was begun is brought to its end. */
  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.doOne();
  }

  private doOne(): Promise<void> {
    const draw = this.tools.samples.below(100);
    if (draw < 58 || this.given.length === 0) return this.assign();
    if (draw < 60) return this.receive();
    if (draw < 68) return this.assignAgain();
    if (draw < 72) return this.spendKeyTwice();
    if (draw < 76) return this.otherContent();
    if (draw < 86) return this.correct();
    if (draw < 90) return this.voidNumber();
    if (draw < 92) return this.sign();
    return this.read();
  }

  private get dossier(): string {
    return `H-${this.name}`;
  }

  private call(call: Omit<Call, 'token'>, token = this.tools.tokens.officer): Promise<Answered> {
    return ask(this.place.urls, { ...call, token }, this.tools.diary);
  }

  private requestNumber(given: Omit<Given, 'number'>): Promise<Answered> {
    const { document, requester, key } = given;
    return this.call({
      method: 'POST',
      path: `${this.office.book}/entries`,
      json: paper({ dossier: this.dossier, document, requester }),
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    });
  }

  /** Writes down what was said to a request for a number, whichever it was. */
  private noteNumber(given: Omit<Given, 'number'>, answer: Answered): void {
    const { agency } = this.office;
    const { asked } = this.tools.diary;
    const entry = answer.body['entry'] as { number: number } | undefined;
    const history = asked.get(agency) ?? [];
    asked.set(agency, history);
    const isGiven = answer.status === 200 || answer.status === 201;
    if (!isGiven || !entry) this.unexpected('a number', answer);
    history.push({
      document: `${this.dossier}/${given.document}`,
      askedAt: answer.askedAt,
      ...(isGiven && entry && { answered: { at: answer.answeredAt, number: entry.number } }),
    });
    this.tools.diary.acknowledged += 1;
  }

  private async assign(): Promise<void> {
    const { samples, diary } = this.tools;
    this.documents += 1;
    const key = samples.below(3) === 0 ? undefined : randomUUID();
    const asked = { document: this.documents, requester: samples.name(), key };
    const answer = await this.requestNumber(asked);
    this.noteNumber(asked, answer);
    const entry = answer.body['entry'] as { number: number } | undefined;
    if (!entry) return;
    this.given.push({ ...asked, number: entry.number });
    diary.entries.set(this.at(entry.number), { requester: asked.requester, state: 'assigned' });
  }

  /** The same once more, as a portal that has lost the answer: the same number. */
  private async assignAgain(): Promise<void> {
    const one = this.anyGiven();
    // Without a key it asks for what it says: of a number that was changed since that is another.
    if (one.key === undefined && this.isChanged(one)) return;
    const answer = await this.requestNumber(one);
    this.noteNumber(one, answer);
  }

  private async spendKeyTwice(): Promise<void> {
    const one = this.anyGiven();
    if (one.key === undefined) return;
    const answer = await this.requestNumber({ ...one, requester: `${one.requester} khác` });
    if (answer.status !== 422) this.unexpected('a key spent twice', answer);
  }

  private async otherContent(): Promise<void> {
    const one = this.anyGiven();
    // A document whose number was voided may be brought again.
    if (this.isChanged(one)) return;
    const answer = await this.requestNumber({
      ...one,
      requester: `${one.requester} khác`,
      key: undefined,
    });
    if (answer.status !== 409) this.unexpected('a document with other content', answer);
  }

  private async correct(): Promise<void> {
    const { diary, samples } = this.tools;
    const { number } = this.anyGiven();
    const known = diary.entries.get(this.at(number));
    if (known?.state === 'voided') return;
    const requester = `${samples.name()} ${samples.below(1_000_000)}`;
    const answer = await this.change(number, 'correct', { requester, reason: 'Ghi sai họ tên' });
    // The domain has an end to how often one number is corrected.
    if (answer.status === 409) return;
    if (answer.status !== 200) this.unexpected('a correction', answer);
    diary.entries.set(this.at(number), { requester, state: 'corrected' });
    diary.acknowledged += 1;
  }

  private async voidNumber(): Promise<void> {
    const { diary } = this.tools;
    const { number } = this.anyGiven();
    const known = diary.entries.get(this.at(number));
    if (known === undefined || known.state === 'voided') return;
    const answer = await this.change(number, 'void', { reason: 'Hồ sơ không được chứng thực' });
    if (answer.status !== 200) this.unexpected('a voiding', answer);
    diary.entries.set(this.at(number), { ...known, state: 'voided' });
    diary.acknowledged += 1;
  }

  private change(number: number, what: string, json: object): Promise<Answered> {
    const headers = { 'idempotency-key': randomUUID() };
    return this.call({ method: 'POST', path: `${this.at(number)}/${what}`, json, headers });
  }

  /** A dossier whose code another desk of the office may give to other documents at the same time. */
  private async receive(): Promise<void> {
    const { diary, samples } = this.tools;
    const path = `/v1/agencies/${this.office.agency}/dossiers`;
    const json = {
      dossier: `T-${samples.below(diary.dossiers.size + 2)}`,
      documents: 1 + samples.below(3),
    };
    const at = `${path}/${json.dossier}`;
    const answer = await this.call({ method: 'POST', path, json });
    const known = diary.dossiers.get(at);
    if (answer.status === 409) diary.dossiers.set(at, known);
    else if (answer.status === 200 || answer.status === 201) {
      if (known !== undefined && known !== json.documents)
        this.unexpected('a dossier twice', answer);
      diary.dossiers.set(at, json.documents);
      diary.acknowledged += 1;
    } else this.unexpected('a dossier', answer);
  }

  private async sign(): Promise<void> {
    const { diary, samples, pictures, tokens } = this.tools;
    const image = await pictures();
    const fields = { name: `Chữ ký ${samples.below(1e9)}`, signerTitle: 'Phó Chủ tịch UBND' };
    const path = `/v1/agencies/${this.office.agency}/signatures`;
    const answer = await this.call(
      {
        method: 'POST',
        path,
        form: () => form({ ...fields, signerFullName: 'Nguyễn Văn An' }, image),
        headers: { 'idempotency-key': randomUUID() },
      },
      tokens.certifier,
    );
    if (answer.status !== 201) {
      this.unexpected('a signature', answer);
      return;
    }
    const { id } = answer.body as { id: string };
    const seen = await hashOfPixels(image);
    diary.pictures.push({ path: `${path}/${id}/image`, token: tokens.certifier, seen });
    diary.acknowledged += 1;
  }

  /** What was acknowledged to this desk, as it stands in the list of another process. */
  private async read(): Promise<void> {
    const { number } = this.anyGiven();
    const answer = await this.call({ method: 'GET', path: this.at(number) });
    // A reader that was not told after what it is to read may be shown what was before.
    if (answer.status !== 200 && answer.status !== 404) this.unexpected('a number read', answer);
  }

  private at = (number: number): string => `${this.office.book}/entries/${number}`;

  private isChanged = ({ number }: Given): boolean =>
    this.tools.diary.entries.get(this.at(number))?.state !== 'assigned';

  private anyGiven(): Given {
    return this.given[this.tools.samples.below(this.given.length)] as Given;
  }

  private unexpected(what: string, { status, body }: Answered): void {
    const { code, detail } = body;
    this.tools.diary.faults.push(
      `${this.name}, ${what}: ${status} ${String(code)} ${String(detail)}`,
    );
  }
}
