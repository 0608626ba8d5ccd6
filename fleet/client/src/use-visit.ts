import { noAnswer } from '@anteroom/shared/meeting/calling.ts';
import { beforeOpening } from '@anteroom/shared/meeting/people.ts';
import type { MeetingView } from '@anteroom/shared/signalling/messages.ts';
import type { Find } from '@anteroom/ui/calling/use-search.ts';
import { createMeetingClient, type MeetingClient } from '@anteroom/ui/signalling/meeting-client.ts';
import { useCallback, useEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import { type Request, useControl } from './control/use-control.ts';
import type { DoorApi } from './door/door-api.ts';
import type { DeviceKind, LocalMedia, LocalMediaState } from './media/local-media.ts';
import { useStageView } from './meeting/use-stage-view.ts';
import { silentNetwork } from './network/use-network.ts';
import { useShare } from './sharing/use-share.ts';
import { nextStage } from './stage.ts';
import type { Guest } from './use-guest.ts';

/** A meeting can be moved or cancelled while somebody waits before its door. */
const lookEveryMs = 15_000;

const isOnOf = ({ microphone, camera }: LocalMediaState) => ({
  isMicrophoneOn: microphone.isOn,
  isCameraOn: camera.isOn,
});

const isSending = (media: LocalMediaState) => media.stream.getTracks().length > 0;

/** One guest's visit: looks at the door, goes in, keeps what is sent in step with the devices, and leaves. */
export function useVisit(deps: {
  number: string | null;
  doorApi: DoorApi;
  localMedia: LocalMedia;
  signalUrl: string;
  guest: Guest;
}) {
  const { number, doorApi, localMedia, signalUrl, guest } = deps;
  const [stage, send] = useReducer(nextStage, { name: 'looking' });
  const media = useSyncExternalStore(localMedia.subscribe, localMedia.state);
  const client = useRef<MeetingClient | null>(null);
  /** Answers to an attempt that was given up mean nothing. */
  const attempt = useRef(0);
  const hasAsked = useRef(false);
  const lastOn = useRef({ microphone: true, camera: true });
  /** The name of the account that is signed in; null for a guest. */
  const visitor = 'door' in stage ? (stage.door.visitor?.name ?? null) : null;
  const isBefore = stage.name === 'looking' || stage.name === 'noDoor' || stage.name === 'door';

  useEffect(() => {
    if (!number || !isBefore) return;
    const ending = new AbortController();
    const look = async () => {
      const answer = await doorApi.look(number, { signal: ending.signal });
      if (ending.signal.aborted) return;
      if (answer.ok) send({ type: 'looked', door: answer.value });
      else if (answer.problem) send({ type: 'lookFailed', obstacle: { kind: 'problem', problem: answer.problem } });
      else send({ type: 'lookFailed', obstacle: { kind: 'noAnswer' } });
    };
    const run = () => {
      look().catch((error: unknown) => {
        if (!ending.signal.aborted) reportError(error);
      });
    };
    run();
    const timer = setInterval(run, lookEveryMs);
    addEventListener('online', run);
    return () => {
      clearInterval(timer);
      removeEventListener('online', run);
      ending.abort();
    };
  }, [number, doorApi, isBefore]);

  const request = useCallback<Request>(
    (action) => client.current?.control(action) ?? Promise.resolve('failed' as const),
    [],
  );
  const find = useCallback<Find>((text) => client.current?.find(text) ?? Promise.resolve(noAnswer), []);
  const joined = stage.name === 'in' ? stage.client : null;
  const control = useControl(request, find, joined);
  const view = useStageView();
  const share = useShare(client, joined);
  const own = joined?.roster.find((entry) => entry.participantId === joined.participantId) ?? null;

  // What a host closes is closed here too, so that the device and its button say what others hear and see.
  const isMutedByHost = own?.isMutedByHost ?? false;
  const isCameraStoppedByHost = own?.isCameraStoppedByHost ?? false;
  useEffect(() => {
    if (isMutedByHost) localMedia.set('microphone', false).catch((error: unknown) => reportError(error));
  }, [isMutedByHost, localMedia]);
  useEffect(() => {
    if (isCameraStoppedByHost) localMedia.set('camera', false).catch((error: unknown) => reportError(error));
  }, [isCameraStoppedByHost, localMedia]);

  // What is sent follows the devices; the client keeps the rest of the connection as it is.
  const { stream } = media;
  const { isMicrophoneOn, isCameraOn } = isOnOf(media);
  useEffect(() => {
    client.current?.setLocalStream(stream.getTracks().length > 0 ? stream : null);
  }, [stream]);
  useEffect(() => {
    client.current?.setMedia({ isMicrophoneOn, isCameraOn });
  }, [isMicrophoneOn, isCameraOn]);

  const finish = useCallback(() => {
    attempt.current += 1;
    client.current?.leave();
    client.current = null;
  }, []);

  // Outside, nothing of the guest's is open. How it was is kept for going in again.
  const isOut = stage.name === 'out';
  const isIn = stage.name === 'in';
  useEffect(() => {
    if (isOut) localMedia.stop();
  }, [isOut, localMedia]);
  useEffect(() => {
    if (isIn) lastOn.current = { microphone: isMicrophoneOn, camera: isCameraOn };
  }, [isIn, isMicrophoneOn, isCameraOn]);

  // The devices are asked for once there is a meeting to go to.
  const canMeet = stage.name === 'door' && (stage.door.state === 'scheduled' || stage.door.state === 'live');
  useEffect(() => {
    if (!canMeet || hasAsked.current) return;
    hasAsked.current = true;
    localMedia.open({ microphone: true, camera: true }).catch((error: unknown) => reportError(error));
  }, [canMeet, localMedia]);

  // Closing the page frees the place at once instead of after the lease.
  useEffect(() => {
    addEventListener('pagehide', finish);
    return () => {
      removeEventListener('pagehide', finish);
      finish();
    };
  }, [finish]);

  const join = useCallback(async () => {
    if (!number) return;
    if (visitor === null) guest.remember();
    send({ type: 'joinPressed' });
    finish();
    const during = attempt.current;
    const { password } = guest;
    const name = visitor ?? guest.name.trim();
    const answer = await doorApi.enter(number, { name, ...(password ? { password } : {}) });
    if (during !== attempt.current) return;
    if (!answer.ok) {
      send({
        type: 'enterFailed',
        obstacle: answer.problem ? { kind: 'problem', problem: answer.problem } : { kind: 'noAnswer' },
      });
      return;
    }
    const now = localMedia.state();
    client.current = createMeetingClient({
      url: signalUrl,
      ticket: answer.value.ticket,
      media: isOnOf(now),
      localStream: isSending(now) ? now.stream : null,
      onState: (state) => send({ type: 'client', state }),
    });
  }, [number, doorApi, guest, visitor, localMedia, signalUrl, finish]);

  const tellView = useCallback((shown: MeetingView) => client.current?.setView(shown), []);

  const run = (step: Promise<void>) => {
    step.catch((error: unknown) => reportError(error));
  };

  /** Opens one only when no host holds it closed, or the meeting lets go of it. */
  const turn = async (kind: DeviceKind, isOn: boolean) => {
    const before = isOn && own ? beforeOpening(own, kind) : null;
    if (before && 'refusal' in before) {
      control.refuse(before.refusal);
      return;
    }
    if (before && !(await control.act(before.ask))) return;
    await localMedia.set(kind, isOn);
    // Whatever asked for it, a host who let go of their own camera among them, is answered by it.
    const now = client.current?.state();
    if (isOn && now?.phase === 'joined' && now.talk.ask?.what === kind) client.current?.answerAsk();
  };

  return {
    stage,
    media,
    control,
    share,
    view,
    /** What the stage shows decides which videos come. */
    tellView,
    /** What a host asked to be opened is opened, or stays as it is. */
    answerAsk: (kind: DeviceKind, opens: boolean) => {
      client.current?.answerAsk();
      if (opens) run(turn(kind, true));
    },
    join: () => run(join()),
    /** Opens the devices again as they were before leaving, and goes back in. */
    rejoin: () => run(localMedia.open(lastOn.current).then(join)),
    cancel: () => {
      send({ type: 'cancelled' });
      finish();
    },
    leave: finish,
    /** The way to the whiteboard of the meeting that one is in. */
    board: () => client.current?.board ?? null,
    network: () => client.current?.network ?? silentNetwork,
    toggle: (kind: DeviceKind) => run(turn(kind, !media[kind].isOn)),
  };
}

export type Visit = ReturnType<typeof useVisit>;
