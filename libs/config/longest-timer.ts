/** The longest a timer goes, in milliseconds (24.8 days): one of more fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
