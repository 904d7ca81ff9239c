import type { Watched } from '#telemetry';

/** What requests rest on; `handlers`: they came back too late, and nothing has said why; `room`: for more requests at once. */
export type Service = 'eventStore' | 'readStore' | 'images' | 'issuer' | 'handlers' | 'room';

/** Rejects while the service does not answer. */
export type Probes = Readonly<Record<Service, () => Promise<unknown>>>;

/** Each with what is said when it goes and when it is back. */
export const servicesOf = (probes: Probes): Readonly<Record<Service, Watched>> => ({
  eventStore: {
    probe: probes.eventStore,
    away: 'api: the log cannot be used; commands are refused; trying again',
    back: 'api: the log can be used again',
  },
  readStore: {
    probe: probes.readStore,
    away: 'api: the read models’ store does not answer; commands are taken, lists are not; trying again',
    back: 'api: the read models’ store is there again',
  },
  images: {
    probe: probes.images,
    away: 'api: the pictures’ store does not answer; pictures are neither taken nor shown; trying again',
    back: 'api: the pictures’ store is there again',
  },
  issuer: {
    probe: probes.issuer,
    away: 'api: the tokens’ issuer does not answer; tokens are judged by its known keys while those hold, others are refused; trying again',
    back: 'api: the tokens’ issuer is there again',
  },
  handlers: {
    probe: probes.handlers,
    away: 'api: requests take too long and are given up; looking whether the stores answer',
    back: 'api: the stores answer',
  },
  room: {
    probe: probes.room,
    away: 'api: more is asked at once than is taken in; callers with more than their share are refused',
    back: 'api: there is room for more requests again',
  },
});
