/** A meeting can be joined from this long before its start (domain.md: the door begins to open). */
export const joinableBeforeMs = 10 * 60_000;
/** Without an end by the host, a meeting is over this long after its planned end. */
export const lingerAfterMs = 15 * 60_000;
