import { setTimeout as sleep } from 'node:timers/promises';
import type { LightClients } from './light-clients.ts';

const turnMs = 3_000;
const handUpMs = 1_000;

/**
 * A meeting as it goes: every three seconds somebody else opens their microphone and speaks until the next does, and one
 * after the other raises a hand and takes it down again.
 */
export async function holdMeeting(
  clients: LightClients,
  { participants, forMs }: { participants: number; forMs: number },
): Promise<void> {
  const endsAtMs = performance.now() + forMs;
  const setMicrophone = (client: number, isMicrophoneOn: boolean) => {
    clients.say(client, { type: 'media', media: { isMicrophoneOn, isCameraOn: true } });
    clients.speak(client, isMicrophoneOn);
  };
  const raiseHand = (client: number, isRaised: boolean) =>
    clients.say(client, { type: 'control', id: 1, action: { kind: 'raiseHand', isRaised } });
  for (let turn = 0; performance.now() < endsAtMs; turn++) {
    // Seven and the number of people have no common divisor: everybody's turn comes, and seldom that of a neighbour.
    const speaker = (turn * 7) % participants;
    const listener = (speaker + 3) % participants;
    setMicrophone(speaker, true);
    await sleep(handUpMs);
    raiseHand(listener, true);
    await sleep(turnMs - 2 * handUpMs);
    raiseHand(listener, false);
    await sleep(handUpMs);
    setMicrophone(speaker, false);
  }
}
