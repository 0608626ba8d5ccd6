/** Runs a program and gives its lines as they come; ends with it, throws when it fails, and stops it with `signal`. */
export type RunLines = (
  program: string,
  args: readonly string[],
  options: { signal: AbortSignal },
) => AsyncIterable<string>;

/**
 * Runs a program to its end and gives what it said; rejects when it fails or is not there, and with a `DriverError`
 * `no_answer` when it takes longer.
 */
export type RunProgram = (
  program: string,
  args: readonly string[],
  options: { signal: AbortSignal; timeoutMs: number },
) => Promise<string>;
