import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster, type Roster } from '@anteroom/shared/signalling/roster.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Announced, announcementOf } from './announcement.ts';
import { control } from './control.ts';
import { type MeetingEvent, next } from './meeting-state.ts';
import { emptyMeeting, rosterOf } from './members.ts';
import { createAdmissionSimulator } from './testing/admission-simulator.ts';
import { chooseAction, createRandom, pick, type RandomNumber } from './testing/random-host.ts';

const steps = 2_000;
const longestDelayMs = 200;
const at = '2026-01-05T09:00:00.000Z';

/** Messages on their way, each with a delay of its own: later ones overtake earlier ones. */
function createNetwork(random: RandomNumber) {
  const underway: { dueMs: number; deliver: () => void }[] = [];
  let nowMs = 0;
  return {
    send(deliver: () => void): void {
      underway.push({ dueMs: nowMs + random(longestDelayMs), deliver });
    },
    pass(byMs: number): void {
      nowMs += byMs;
      const due = underway.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs);
      for (const one of due) underway.splice(underway.indexOf(one), 1);
      for (const { deliver } of due) deliver();
    },
    isQuiet: () => underway.length === 0,
  };
}

test(`three controllers who act at random for ${steps} steps, with messages that overtake each other, agree with the server`, () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createRandom(seed);
      const network = createNetwork(random);
      const { meeting } = createAdmissionSimulator({ capacity: 9 });
      let state = emptyMeeting;
      let announced: Announced = { state, meeting, news: 0 };
      const people = Array.from({ length: 6 }, () => newId('participant'));
      const controllers = Array.from({ length: 3 }, () => ({
        id: newId('participant'),
        roster: null as Roster | null,
      }));
      let refusals = 0;

      const become = (after: typeof state) => {
        state = after;
        const { roster } = announcementOf(announced, { state, meeting });
        announced = { state, meeting, news: announced.news };
        if (roster?.type === 'roster') for (const controller of controllers) tell(controller, roster);
      };
      const tell = (controller: (typeof controllers)[number], message: Extract<ServerMessage, { type: 'roster' }>) => {
        const { roster } = controller;
        if (roster === null) return;
        network.send(() => {
          if (controller.roster) controller.roster = followRoster(controller.roster, message);
        });
      };
      const enter = (participantId: ParticipantId, role: 'host' | 'member' | 'guest') => {
        const who = { participantId, name: 'somebody', kind: 'person', role, holder: participantId } as const;
        become(
          next(state, { kind: 'joined', participant: who, media: { isMicrophoneOn: true, isCameraOn: true }, at }),
        );
      };
      for (const controller of controllers) {
        enter(controller.id, 'host');
        controller.roster = openRoster({ revision: state.revision, roster: rosterOf(state) });
      }
      for (const person of people) enter(person, 'member');

      for (let step = 0; step < steps; step++) {
        network.pass(random(20));
        const controller = controllers[Math.floor(random(3))];
        if (random(1) < 0.4) become(somebodyDoes(pick(people, random), random).reduce(next, state));
        else if (controller?.roster) {
          const action = chooseAction(controller.roster.entries, random);
          network.send(() => {
            const result = control(state, controller.id, action, at);
            if (result.ok) become(result.state);
            else refusals += 1;
          });
        }
      }
      while (!network.isQuiet()) network.pass(longestDelayMs);

      const expected = rosterOf(state);
      const byId = (roster: readonly RosterEntry[]) => new Map(roster.map((entry) => [entry.participantId, entry]));
      for (const { roster } of controllers) {
        expect(roster?.early).toEqual([]);
        expect(roster?.revision).toBe(state.revision);
        expect(byId(roster?.entries ?? [])).toEqual(byId(expected));
      }
      // They acted on what was not so any more, and were told so.
      expect(refusals).toBeGreaterThan(0);
    }),
    { numRuns: 5 },
  );
});

function somebodyDoes(participantId: ParticipantId, random: RandomNumber): MeetingEvent[] {
  const participant = {
    ...({ participantId, name: 'somebody', kind: 'person', role: 'member', holder: participantId } as const),
  };
  const media = { isMicrophoneOn: random(2) < 1, isCameraOn: random(2) < 1 };
  return pick<MeetingEvent[]>(
    [
      [{ kind: 'mediaChanged', participantId, media }],
      [{ kind: 'connectionLost', participantId }],
      [{ kind: 'joined', participant, media, at }],
      [{ kind: 'left', participantId, isOwnWill: random(2) < 1 }],
      [{ kind: 'talking', participantId, isTalking: random(2) < 1, atMs: Math.floor(random(1_000)) }],
    ],
    random,
  );
}
