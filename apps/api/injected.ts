/** What Nest hands out that is no class: each by its name here, as the composition root made it. */
export const EVENT_STORE = Symbol('EventStore');
export const ACCESS_LOG = Symbol('AccessLog');
export const AUDIT = Symbol('Audit');
export const CONFIG = Symbol('Config');
export const CLOCK = Symbol('Clock');
export const SCRAPE = Symbol('Scrape');
export const HEARTBEAT = Symbol('Heartbeat');
export const WORK_CALENDAR = Symbol('WorkCalendar');
