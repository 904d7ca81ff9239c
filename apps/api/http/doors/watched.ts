/** What watches the service asks here, from whatever address and however busy it is; it costs next to nothing. */
export const WATCHED = /^\/(health\/|metrics$)/;
