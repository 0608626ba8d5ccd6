import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import type { ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ContentDesk, createContentDesk } from './content-desk.ts';
import { control } from './control.ts';
import type { Place } from './live-meeting-types.ts';
import { type MeetingEvent, next } from './meeting-state.ts';
import { emptyMeeting, type MeetingState } from './members.ts';
import { createNetworkWord } from './network-word.ts';
import { createParticipantMedia } from './participant-media.ts';
import type { Session } from './session.ts';
import { createJanusSimulator, type JanusSimulator } from './testing/janus-simulator.ts';
import { createViewPace } from './view-pace.ts';

const peer = { kind: 'browser', address: '192.0.2.77' } as const;
const at = '2026-01-05T09:00:00.000Z';
const clock = createManualClock();
const log = pino({ level: 'silent' });
const share = { type: 'share', offer: 'sdp', takesOver: false } as const;

describe('sharing on the media server', () => {
  let janus: JanusSimulator;
  let state: MeetingState;
  let places: Map<ParticipantId, Place>;
  let told: Map<ParticipantId, ServerMessage[]>;
  let desk: ContentDesk;

  function become(after: MeetingState): void {
    const before = state;
    state = after;
    desk.follow(before, after);
  }
  const apply = (event: MeetingEvent) => become(next(state, event));

  beforeEach(() => {
    janus = createJanusSimulator();
    state = emptyMeeting;
    places = new Map();
    told = new Map();
    desk = createContentDesk({
      places,
      state: () => state,
      become,
      apply,
      signal: new AbortController().signal,
      clock,
      log,
    });
  });

  /** Somebody in the meeting who publishes nothing yet. */
  function seat(role: 'host' | 'member'): Place & { session: Session } {
    const participantId = newId('participant');
    const messages: ServerMessage[] = [];
    told.set(participantId, messages);
    const participant = { participantId, name: 'somebody', kind: 'person', role, holder: participantId } as const;
    const unused = () => undefined;
    const session: Session = {
      peer,
      isOpen: () => true,
      send: (message) => messages.push(message),
      ...{ sendFrame: unused, fault: unused, bye: unused, hangUp: unused, cut: unused },
    };
    const events = { onLive: unused, onGone: unused, onTalking: unused, onUnmoderated: unused };
    const media = createParticipantMedia({
      ...{ host: janus, room: { id: 'room', token: 't', secret: 's' }, clock, log },
      ...{
        nextFeed: () => 'feed',
        nextRevision: () => 1,
        onCandidate: unused,
        onOffer: unused,
        onKeyFrameWanted: unused,
      },
      camera: events,
      content: {
        ...events,
        onLive: (publication) => apply({ kind: 'contentLive', participantId, publication }),
        onGone: (feed) => apply({ kind: 'contentGone', participantId, feed }),
      },
    });
    const place = {
      ...{ participant, peer, session, media, revisions: 0, early: [] },
      ...{ isEntering: false, isIn: true, absence: null },
      view: createViewPace({ onChange: () => undefined, clock, signal: new AbortController().signal }),
      network: createNetworkWord({ onChange: () => undefined, clock, signal: new AbortController().signal }),
    };
    places.set(participantId, place);
    apply({ kind: 'joined', participant, media: { isMicrophoneOn: false, isCameraOn: false }, at });
    return place;
  }

  const idOf = (place: Place) => place.participant.participantId;
  const toldTo = (place: Place) => told.get(idOf(place)) ?? [];

  function hostStops(sharer: Place): void {
    const result = control(state, null, { kind: 'stopShare', participantId: idOf(sharer) }, at);
    if (result.ok) become(result.state);
  }

  it('is granted first, and can be subscribed to when its connection is up', async () => {
    const mei = seat('member');
    await desk.share(mei, mei.session, share);
    expect(toldTo(mei)).toMatchObject([{ type: 'shared' }]);
    expect(state.content).toMatchObject({ participantId: idOf(mei), publication: null });
    janus.emit({ kind: 'webrtcUp' });
    expect(state.content?.publication).toEqual({
      feed: 'feed',
      streams: [{ mid: '0', kind: 'video', hasLayers: false }],
    });
    janus.emit({ kind: 'hangup', reason: 'ICE failed' });
    expect(state.content).toMatchObject({ participantId: idOf(mei), publication: null });
  });

  it('asks the media server for nothing that is not granted', async () => {
    const [hana, mei] = [seat('host'), seat('member')];
    await desk.share(hana, hana.session, share);
    expect(janus.attached()).toBe(1);
    await desk.share(mei, mei.session, { ...share, takesOver: true });
    expect(toldTo(mei)).toEqual([{ type: 'shareRefused', reason: 'host_shares' }]);
    expect(janus.attached()).toBe(1);
  });

  it('ends on the media server when a host stops it, and says so', async () => {
    const mei = seat('member');
    await desk.share(mei, mei.session, share);
    hostStops(mei);
    expect(janus.attached()).toBe(0);
    expect(toldTo(mei).at(-1)).toEqual({ type: 'shareEnded', reason: 'stopped' });
    // What still comes of it means nothing.
    janus.emit({ kind: 'webrtcUp' });
    expect(state.content).toBeNull();
  });

  it('ends on the media server when somebody takes over', async () => {
    const [mei, gil] = [seat('member'), seat('member')];
    await desk.share(mei, mei.session, share);
    await desk.share(gil, gil.session, { ...share, takesOver: true });
    expect(janus.attached()).toBe(1);
    expect(toldTo(mei).at(-1)).toEqual({ type: 'shareEnded', reason: 'taken_over' });
    expect(state.content).toMatchObject({ participantId: idOf(gil) });
  });

  it('is refused when it was taken over, or stopped, before the media server had taken it', async () => {
    const [hana, mei] = [seat('host'), seat('member')];
    const refused = (place: Place) => toldTo(place).filter(({ type }) => type === 'shareRefused' || type === 'shared');
    const beginning = desk.share(mei, mei.session, share);
    await desk.share(hana, hana.session, { ...share, takesOver: true });
    await beginning;
    expect(refused(mei)).toEqual([{ type: 'shareRefused', reason: 'host_shares' }]);
    expect(state.content).toMatchObject({ participantId: idOf(hana) });

    hostStops(hana);
    const again = desk.share(mei, mei.session, share);
    hostStops(mei);
    await again;
    expect(refused(mei).at(-1)).toEqual({ type: 'shareRefused', reason: 'media_unavailable' });
    expect(state.content).toBeNull();
    expect(janus.attached()).toBe(0);
  });

  it('is over, and said to be refused first, when the media server does not take it', async () => {
    const mei = seat('member');
    janus.refuseNext();
    await desk.share(mei, mei.session, share);
    expect(toldTo(mei)[0]).toEqual({ type: 'shareRefused', reason: 'media_unavailable' });
    expect(state.content).toBeNull();
    expect(janus.attached()).toBe(0);
  });

  it('is refused to somebody without media, or without a place any more', async () => {
    const mei = seat('member');
    mei.media?.dispose();
    mei.media = null;
    await desk.share(mei, mei.session, share);
    await desk.share(null, mei.session, share);
    const refused = { type: 'shareRefused', reason: 'media_unavailable' };
    expect(toldTo(mei)).toEqual([refused, refused]);
    expect(state.content).toBeNull();
  });

  it('goes on when it is sent anew, in place of what was there', async () => {
    const mei = seat('member');
    await desk.share(mei, mei.session, share);
    const first = state.content;
    await desk.share(mei, mei.session, share);
    expect(state.content).toEqual(first);
    expect(janus.attached()).toBe(1);
    expect(toldTo(mei).map(({ type }) => type)).toEqual(['shared', 'shared']);
  });
});
