import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { IceCandidate } from '../ports/media.ts';
import { popBus } from './bus.ts';
import { createContentInput } from './content-input.ts';
import { type ContentPublisher, createContentPublisher } from './content-publisher.ts';
import type { FoundDevice } from './devices.ts';
import type { GstClock, Gstreamer } from './gst.ts';
import type { FromMedia, ToMedia } from './ipc.ts';
import type { MediaSetup } from './setup.ts';
import type { Stage } from './stage.ts';

export type ContentSessionDeps = {
  gstreamer: Gstreamer;
  setup: MediaSetup;
  clock: GstClock;
  baseTime: bigint;
  stage: Stage;
  devices(): readonly FoundDevice[];
  send(message: FromMedia): void;
  fault(code: Extract<FromMedia, { type: 'error' }>['code'], detail: string): void;
  monotonicMs(): number;
};

type ContentMessage = Extract<ToMedia, { type: 'offerContent' | 'contentAnswer' | 'closeContent' | 'showInput' }>;

/** The laptop on the table inside the media process: to the meeting, to the room's own display, or both. */
export function createContentSession(deps: ContentSessionDeps) {
  const { gstreamer, setup, clock, baseTime, stage, devices, send, fault, monotonicMs } = deps;
  const { gst } = gstreamer;
  let publisher: ContentPublisher | null = null;
  let isShown = false;

  const input = createContentInput({
    ...{ gst, setup, clock, baseTime, devices },
    onChange: (isPluggedIn) => send({ type: 'input', isPluggedIn }),
    onFault: (detail) => fault('device_failed', detail),
  });

  const settle = () => input.want(publisher !== null || isShown, monotonicMs());

  function close(): void {
    publisher?.stop();
    publisher = null;
  }

  function offer(attempt: number): void {
    close();
    if (!setup.contentInput) {
      fault('content_failed', 'this terminal has no content input');
      return;
    }
    const next = createContentPublisher({
      ...{ gstreamer, input: setup.contentInput, encoder: setup.encoder, clock, baseTime },
      iceAddresses: setup.iceAddresses,
      onLateCandidate: (candidate) => send({ type: 'candidate', connection: 'content', candidate }),
      onState: (state) => send({ type: 'connection', connection: 'content', state }),
    });
    publisher = next;
    settle();
    next.offer().then(
      (sdp) => {
        if (publisher === next) send({ type: 'contentOffer', attempt, sdp });
      },
      (cause: Error) => {
        if (publisher === next) fault('content_failed', cause.message);
      },
    );
  }

  function readBus(): void {
    if (!publisher) return;
    const errors = popBus(gst, publisher.bus).flatMap((event) => (event.type === 'error' ? [event.detail] : []));
    if (errors[0] !== undefined) fail(errors[0]);
  }

  function fail(detail: string): void {
    fault('content_failed', detail);
    send({ type: 'connection', connection: 'content', state: 'failed' });
    close();
    settle();
  }

  return {
    follow(message: ContentMessage): void {
      switch (message.type) {
        case 'offerContent':
          offer(message.attempt);
          return;
        case 'contentAnswer':
          publisher?.applyAnswer(message.sdp).catch((cause: Error) => fail(`content answer: ${cause.message}`));
          return;
        case 'closeContent':
          close();
          settle();
          return;
        case 'showInput':
          isShown = message.label !== null;
          settle();
          stage.showInput(message.label);
          if (isShown) stage.open();
          return;
        default:
          assertNever(message);
      }
    },
    addCandidate: (candidate: IceCandidate | null) => publisher?.addCandidate(candidate),
    lookAgain: input.lookAgain,
    tick(nowMs: number): void {
      input.tick(nowMs);
      readBus();
    },
    stop(): void {
      close();
      input.stop();
    },
  };
}
