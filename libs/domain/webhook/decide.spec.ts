import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { specFor } from '../../../test/support/given.ts';
import type { WalkedInWebhook } from '../../../test/support/walks.ts';
import type { SubscribeWebhook, WebhookCommand } from './commands.ts';
import { decideWebhook } from './decide.ts';
import { evolveWebhook, noWebhook, webhookOf, webhookStream } from './webhook.ts';

const { given, played, stateAfter } = specFor({
  initial: noWebhook,
  evolve: evolveWebhook,
  decide: (state, command: WebhookCommand) => decideWebhook(state, command),
});

const id = 'w-1';
const subscribe = (change: Partial<SubscribeWebhook> = {}): SubscribeWebhook => ({
  type: 'SubscribeWebhook',
  ...{ id, agency: 'BK-001', name: 'Trục của tỉnh', url: 'https://truc.example.vn/su-kien' },
  ...{ types: ['EntryNumberAssigned', 'BookClosed'], after: null, keyId: 'k-1' },
  ...change,
});
const edit = (fields: { name?: string; url?: string; types?: string[] }, reason = 'Đổi') =>
  ({ type: 'EditWebhook', id, ...fields, reason }) as const;
const pause = { type: 'PauseWebhook', id, reason: 'Bảo trì' } as const;
const resume = { type: 'ResumeWebhook', id, reason: 'Xong' } as const;
const end = { type: 'EndWebhook', id, reason: 'Chuyển trục' } as const;
const rotate = (replaces: number) =>
  ({
    type: 'RotateWebhookSecret',
    ...{ id, replaces, keyId: 'k-2', previousUntil: '2024-05-11T00:00:00.000Z', reason: 'Lộ' },
  }) as const;

describe('subscribing to events', () => {
  it('records whose events go where, types each once and in order, and which secret signs', () => {
    given()
      .when(subscribe({ types: ['BookOpened', 'BookClosed', 'BookOpened'] }))
      .then({
        type: 'WebhookSubscribed',
        data: {
          ...{ id, agency: 'BK-001', name: 'Trục của tỉnh', after: null },
          ...{ url: 'https://truc.example.vn/su-kien', types: ['BookClosed', 'BookOpened'] },
          secret: { generation: 1, keyId: 'k-1' },
        },
      });
  });

  it('changes nothing the second time, and is refused where the id is another’s', () => {
    given(...played(subscribe()))
      .when(subscribe())
      .thenNothing();
    given(...played(subscribe()))
      .when(subscribe({ url: 'https://khac.example.vn/' }))
      .thenRefused('WEBHOOK_EXISTS', { name: 'Trục của tỉnh' });
  });

  it('takes only types there are', () => {
    given()
      .when(subscribe({ types: ['BookOpened', 'Sổ'] }))
      .thenRefused('WEBHOOK_TYPE', { type: 'Sổ' });
  });
});

describe('a subscription', () => {
  it('is edited with every field before and after, and only what differs', () => {
    given(...played(subscribe()))
      .when(edit({ name: 'Trục của tỉnh', types: ['BookClosed', 'EntryNumberAssigned'] }))
      .thenNothing();
    given(...played(subscribe()))
      .when(edit({ types: [] }))
      .then({
        type: 'WebhookEdited',
        data: {
          id,
          changes: { types: { from: ['BookClosed', 'EntryNumberAssigned'], to: [] } },
          reason: 'Đổi',
        },
      });
  });

  it('has two secrets for a while once it has a new one, and no more than two', () => {
    const state = stateAfter(played(subscribe(), rotate(1), rotate(2)));
    expect(state?.secret).toEqual({ generation: 3, keyId: 'k-2' });
    expect(state?.previous).toMatchObject({ generation: 2, keyId: 'k-2' });
    given(...played(subscribe(), rotate(1)))
      .when(rotate(1))
      .thenNothing();
  });

  it('is paused and resumed with a reason, and each is said once', () => {
    given(...played(subscribe()))
      .when({ ...pause, reason: ' ' })
      .thenRefused('REASON');
    given(...played(subscribe(), pause))
      .when(pause)
      .thenNothing();
    given(...played(subscribe(), pause, resume))
      .when(resume)
      .thenNothing();
  });

  it('that has ended takes no command any more, and ends once', () => {
    for (const command of [edit({ name: 'Khác' }), pause, resume, rotate(1)])
      given(...played(subscribe(), end))
        .when(command)
        .thenRefused('WEBHOOK_ENDED', { name: 'Trục của tỉnh' });
    given(...played(subscribe(), end))
      .when(end)
      .thenNothing();
  });

  it('there has never been takes none either', () => {
    for (const command of [edit({ name: 'Khác' }), pause, resume, rotate(1), end])
      given().when(command).thenRefused('WEBHOOK_NOT_FOUND');
  });
});

/** A refusal, and what then goes through; of an address it is where names are looked up. */
const walks: Readonly<
  Record<
    Exclude<WalkedInWebhook, 'WEBHOOK_URL'>,
    {
      readonly before: readonly WebhookCommand[];
      readonly refused: WebhookCommand;
      /** In a stream of its own, where the message leads there. */
      readonly elsewhere?: true;
      readonly then: WebhookCommand;
    }
  >
> = {
  WEBHOOK_NOT_FOUND: { before: [], refused: pause, then: subscribe() },
  WEBHOOK_EXISTS: {
    before: [subscribe()],
    refused: subscribe({ name: 'Khác' }),
    elsewhere: true,
    then: subscribe({ id: 'w-2', name: 'Khác' }),
  },
  WEBHOOK_ENDED: {
    before: [subscribe(), end],
    refused: resume,
    elsewhere: true,
    then: subscribe({ id: 'w-2' }),
  },
  WEBHOOK_TYPE: {
    before: [],
    refused: subscribe({ types: ['entrynumberassigned'] }),
    then: subscribe({ types: ['EntryNumberAssigned'] }),
  },
};

it.each(Object.entries(walks))('%s says what to do, and that goes through', (code, walk) => {
  const before = played(...walk.before);
  given(...before)
    .when(walk.refused)
    .thenRefused(code as keyof typeof walks);
  expect(decideWebhook(walk.elsewhere ? noWebhook() : stateAfter(before), walk.then)).toHaveLength(
    1,
  );
});

describe('the stream of a subscription', () => {
  it('names agency and id, and nothing else makes the same name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (agency, one) => {
        expect(webhookOf(webhookStream(agency, one))).toEqual({ agency, id: one });
      }),
    );
    expect(webhookOf('register-BK-001/x')).toBeUndefined();
    expect(webhookOf('webhook-BK-001')).toBeUndefined();
  });
});
