import { z } from 'zod';
import type { Line } from '../ports/line.ts';

/**
 * A conversation with a real device, as JSON lines: whose profile it was, then what was asked, said and heard and when, and
 * at the end what the driver made of it. Played back, it shows whether the driver still says and understands the same.
 */
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const atMs = z.int().min(0);

export const captureHead = z.strictObject({
  capture: z.literal('anteroom/capture/1'),
  profile: z.string().min(1),
  transport: z.enum(['serial', 'tcp', 'udp', 'http', 'ssh', 'tls']),
  recordedAt: z.iso.datetime(),
});
export const captureEvent = z.discriminatedUnion('event', [
  z.strictObject({ atMs, event: z.literal('opened') }),
  z.strictObject({ atMs, event: z.literal('closed'), reason: z.string() }),
  /** Words of a command, as `anteroom profile try` takes them; none asks everything. */
  z.strictObject({ atMs, event: z.literal('asked'), words: z.array(z.string()) }),
  z.strictObject({ atMs, event: z.literal('said'), hex }),
  z.strictObject({ atMs, event: z.literal('heard'), hex }),
  /** A datagram that the device sent by itself beside the line. */
  z.strictObject({ atMs, event: z.literal('noticed'), hex }),
  z.strictObject({ atMs, event: z.literal('ended'), state: z.unknown() }),
]);
export type CaptureHead = z.infer<typeof captureHead>;
export type CaptureEvent = z.infer<typeof captureEvent>;
export type Capture = { head: CaptureHead; events: CaptureEvent[] };

/** Throws an `Error` that names the line which does not fit. */
export function readCapture(text: string): Capture {
  const [first = '', ...rest] = text.split('\n').filter((line) => line !== '');
  const parse = <T>(line: string, number: number, schema: z.ZodType<T>): T => {
    try {
      return schema.parse(JSON.parse(line));
    } catch (cause) {
      throw new Error(`line ${number} of the capture does not fit`, { cause });
    }
  };
  return {
    head: parse(first, 1, captureHead),
    events: rest.map((line, index) => parse(line, index + 2, captureEvent)),
  };
}

/** The line, with everything that goes over it told to `write`. */
export function tapLine(line: Line, write: (event: TappedEvent) => void): Line {
  line.subscribe((event) => {
    if (event.type === 'received') write({ event: 'heard', hex: toHex(event.bytes) });
    else if (event.type === 'noticed') write({ event: 'noticed', hex: toHex(event.bytes) });
    else if (event.type === 'opened') write({ event: 'opened' });
    else write({ event: 'closed', reason: event.reason });
  });
  return {
    get name() {
      return line.name;
    },
    isOpen: () => line.isOpen(),
    subscribe: (listener) => line.subscribe(listener),
    reopen: (reason) => line.reopen(reason),
    send(bytes) {
      write({ event: 'said', hex: toHex(bytes) });
      return line.send(bytes);
    },
    [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
  };
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;
export type TappedEvent = WithoutTime<CaptureEvent>;

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
