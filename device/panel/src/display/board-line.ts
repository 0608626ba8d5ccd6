import { type BoardChannel, boardChannelEvent, createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';

/** The way to the whiteboard through the terminal's agent. It looks on: what is drawn elsewhere comes, nothing goes. */
export function openBoardLine(): { channel: BoardChannel; close(): void } {
  const line = createBoardChannel((message) => {
    if (message.type !== 'boardSync') return;
    const body = JSON.stringify(message);
    // Asked again when the stream opens again.
    fetch('/api/board', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(
      () => undefined,
    );
  });
  const source = new EventSource('/api/board');
  source.addEventListener('board', ({ data }) => line.feed(boardChannelEvent.parse(JSON.parse(data))));
  source.onerror = () => line.feed({ kind: 'closed' });
  return { channel: line.channel, close: () => source.close() };
}
