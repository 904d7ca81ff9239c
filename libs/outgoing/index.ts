export { dataSchema, outgoingEvent, outgoingType, type OutgoingEvent } from './cloud-event.ts';
export { Growth } from './growth.ts';
export { isMarked, placeIn, POSITION_TOKEN, tokenOf, type Place } from './position-token.ts';
export { positionOf } from './place-of.ts';
export { isWanted, type Wanted } from './wanted.ts';
export { requireUrl, type AddressRules } from './webhooks/address.ts';
export { BadWebhookKeys, ensureWebhookKey, readWebhookKeys } from './webhooks/keys.ts';
export {
  MOST_LETTERS,
  NoSuchLetter,
  toDrop,
  toRetry,
  type DeadLetter,
  type Decision,
  type Letters,
} from './webhooks/letters.ts';
export { newLine, resumed, standingLabels, type Line, type Standing } from './webhooks/line.ts';
export {
  changeLetters,
  changeLine,
  originOf,
  readFigures,
  readLetters,
  readLine,
  tellDecided,
  type Figures,
} from './webhooks/records.ts';
export { BadPlace, placeFrom } from './webhooks/place-from.ts';
export { secretText, WebhookKeyMissing } from './webhooks/secret.ts';
export { Sender, type SenderOptions } from './webhooks/send.ts';
export { startWebhooks, type StartWebhooks } from './webhooks/start.ts';
