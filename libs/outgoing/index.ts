export { dataSchema, outgoingEvent, outgoingType, type OutgoingEvent } from './cloud-event.ts';
export { Growth } from './growth.ts';
export { isMarked, placeIn, POSITION_TOKEN, tokenOf, type Place } from './position-token.ts';
export { positionOf } from './place-of.ts';
export { isWanted, type Wanted } from './wanted.ts';
