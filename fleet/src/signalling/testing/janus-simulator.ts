import {
  JanusError,
  type JanusHandle,
  type JanusHandleEvent,
  type PluginRequest,
} from '../../media-nodes/janus-client.ts';
import type { RoomHost } from '../../media-nodes/room-host.ts';

/** A room host whose publishers and subscribers are answered like Janus's VideoRoom does; it can be told to misbehave. */
export interface JanusSimulator extends RoomHost {
  /** Requests so far, in order, by name. */
  requests(): string[];
  /** The streams that the last `configure` named. */
  configured(): unknown;
  attached(): number;
  /** The next publication, subscription or update is refused, as for a feed that went away meanwhile. */
  refuseNext(): void;
  emit(event: JanusHandleEvent): void;
}

/** Of a publisher with one video, which is taken. */
const answer = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:0', 'a=recvonly', ''].join('\r\n');

type Line = { type: 'audio' | 'video'; mid: string; active: boolean; feed_id?: string; feed_mid?: string };

export function createJanusSimulator(): JanusSimulator {
  const requests: string[] = [];
  let configured: unknown;
  let attached = 0;
  let refusesNext = false;
  let listener: (event: JanusHandleEvent) => void = () => undefined;

  function createHandle(): JanusHandle {
    const lines: Line[] = [];
    const take = (wanted: unknown) => {
      // The simulator is only given what `videoroom.ts` writes.
      for (const { feed, mid } of (wanted ?? []) as { feed: string; mid: string }[]) {
        const free = lines.find((line) => !line.active);
        const carried = { type: 'video', active: true, feed_id: feed, feed_mid: mid } as const;
        if (free) Object.assign(free, carried);
        else lines.push({ ...carried, mid: String(lines.length) });
      }
    };
    const drop = (unwanted: unknown) => {
      for (const { sub_mid } of (unwanted ?? []) as { sub_mid: string }[]) {
        const line = lines.find((known) => known.mid === sub_mid);
        if (line) line.active = false;
      }
    };
    return {
      request({ body, signal }: PluginRequest) {
        requests.push(body.request);
        if (signal.aborted) return Promise.reject(signal.reason);
        if (body.request === 'start') return Promise.resolve({ data: { started: 'ok' }, jsep: null });
        if (refusesNext) {
          refusesNext = false;
          return Promise.reject(new JanusError('refused', 'no such feed', { janusCode: 428 }));
        }
        if (body.request === 'joinandconfigure') {
          return Promise.resolve({ data: {}, jsep: { type: 'answer', sdp: answer } });
        }
        if (body.request === 'configure') {
          configured = body.streams;
          return Promise.resolve({ data: { configured: 'ok' }, jsep: null });
        }
        drop(body.unsubscribe);
        take(body.streams ?? body.subscribe);
        const streams = lines.map((line) => ({ ...line }));
        return Promise.resolve({ data: { streams }, jsep: { type: 'offer', sdp: `offer ${requests.length}` } });
      },
      trickle: () => undefined,
      detach: () => {
        attached -= 1;
      },
    };
  }

  return {
    requests: () => [...requests],
    configured: () => configured,
    attached: () => attached,
    refuseNext() {
      refusesNext = true;
    },
    emit: (event) => listener(event),
    room: (id) => Promise.resolve({ id, token: 't', secret: 's' }),
    destroyRoom: () => Promise.resolve(),
    takeHandle(onEvent) {
      attached += 1;
      listener = onEvent;
      return Promise.resolve(createHandle());
    },
  };
}
