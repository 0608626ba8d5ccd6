/** A value is old after three heartbeats of a terminal (look.md, age); terminals send one every 10 s. */
export const staleAfterMs = 30_000;
