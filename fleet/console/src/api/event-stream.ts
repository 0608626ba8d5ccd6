/**
 * Server-sent events read from a fetch body. EventSource hides the comments that keep a quiet stream alive; here every
 * piece that arrives counts as a sign of life, so that "last message" tells the truth.
 */
export type StreamedEvent = { name: string; text: string };

/** Takes the stream's text in any pieces and gives the events that are complete (WHATWG HTML, 9.2.6). */
export function createEventParser(): (piece: string) => StreamedEvent[] {
  let rest = '';
  let name = '';
  let lines: string[] = [];
  return (piece) => {
    const events: StreamedEvent[] = [];
    const all = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = all.pop() ?? '';
    for (const line of all) {
      if (line === '') {
        if (lines.length > 0) events.push({ name: name || 'message', text: lines.join('\n') });
        name = '';
        lines = [];
        continue;
      }
      const colon = line.indexOf(':');
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') name = value;
      if (field === 'data') lines.push(value);
    }
    return events;
  };
}

/** Reads a stream to its end. `onPiece` is called with every sign of life, before the events that came with it. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  { onPiece, onEvent }: { onPiece: () => void; onEvent: (event: StreamedEvent) => void },
): Promise<void> {
  const parse = createEventParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onPiece();
    for (const event of parse(decoder.decode(value, { stream: true }))) onEvent(event);
  }
}
