import type { ClientMessage, MeetingView } from '@anteroom/shared/signalling/messages.ts';

/** What the page shows, kept to be told anew after a reconnection; `send` leaves out what is said outside of a meeting. */
export function createShownView(send: (message: ClientMessage) => boolean) {
  let view: MeetingView | null = null;

  function tell(): void {
    if (view) send({ type: 'view', view });
  }

  return {
    tell,
    set(next: MeetingView): void {
      view = next;
      tell();
    },
  };
}
