import { inspect } from 'node:util';

/** A text that is used but never printed: not in a log, not in JSON, not in an error. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

export function asSecret(text: string): Secret {
  return new Secret(text);
}
