import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@anteroom/shared/ids.ts';
import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import { type RosterEntry, serverMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster, type Roster } from '@anteroom/shared/signalling/roster.ts';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startDelayingProxy } from './testing/delaying-proxy.ts';
import { startOwnJanus } from './testing/janus.ts';
import { chooseAction, createRandom, pick, type RandomNumber } from './testing/random-host.ts';
import { type ServiceRig, startServiceRig } from './testing/service-rig.ts';
import type { TestClient } from './testing/test-client.ts';

const steps = 2_000;
const stepsAtOnce = 8;
const longestDelayMs = 200;
/** Of the service's clock: as fast as hosts may act at all. */
const stepMs = 20;
const seed = 20_260_105;

/** A host whose roster is what its socket brought, and who goes by that. */
async function openController(url: string, ticket: string) {
  const socket = new WebSocket(url);
  const answers: (ControlRefusal | null)[] = [];
  let roster: Roster | null = null;
  let asked = 0;
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  socket.on('message', (bytes) => {
    const message = serverMessage.parse(JSON.parse(String(bytes)));
    if (message.type === 'joined') roster = openRoster(message);
    if (message.type === 'roster' && roster) roster = followRoster(roster, message);
    if (message.type === 'controlled') answers.push(message.refusal);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  send({ type: 'join', v: 1, ticket, media: { isMicrophoneOn: true, isCameraOn: true } });
  await expect.poll(() => roster, { timeout: 5_000 }).not.toBeNull();
  return {
    roster: () => roster,
    entries: () => roster?.entries ?? [],
    act(action: ControlAction) {
      asked += 1;
      send({ type: 'control', id: asked, action });
    },
    unanswered: () => asked - answers.length,
    refused: () => answers.filter((refusal) => refusal !== null).length,
    [Symbol.dispose]: () => socket.terminate(),
  };
}

/** People who switch their devices, drop out, come back and leave, without a network that delays them. */
async function createPeople(rig: ServiceRig, names: readonly string[]) {
  const people: { ticket: string; client: TestClient | null }[] = [];
  for (const name of names) people.push({ ticket: rig.admission.issueTicketAs('member', name).ticket, client: null });

  async function come(person: (typeof people)[number]): Promise<TestClient> {
    const client = await rig.connect();
    await client.join(person.ticket);
    return client;
  }
  for (const person of people) person.client = await come(person);

  return {
    async act(random: RandomNumber) {
      const person = pick(people, random);
      const { client } = person;
      if (client === null) person.client = await come(person);
      else if (random(1) < 0.8) {
        client.send({ type: 'media', media: { isMicrophoneOn: random(2) < 1, isCameraOn: random(2) < 1 } });
      } else {
        if (random(2) < 1) client.send({ type: 'leave' });
        else client.terminate();
        person.client = null;
      }
    },
    /** Those who are in go, but the first. */
    async leave() {
      for (const { client } of people.slice(1)) {
        client?.send({ type: 'leave' });
        await client?.next('bye');
      }
    },
  };
}

const byId = (roster: readonly RosterEntry[]) => new Map(roster.map((entry) => [entry.participantId, entry]));

test(`three controllers over sockets that delay each other’s messages agree with the server after ${steps} steps`, async () => {
  const random = createRandom(seed);
  await using janus = await startOwnJanus();
  await using rig = await startServiceRig({ mediaNode: janus.mediaNode, capacity: 9 });
  await using network = await startDelayingProxy({ target: rig.url, longestDelayMs, random });
  using stack = new DisposableStack();
  const controllers: Awaited<ReturnType<typeof openController>>[] = [];
  for (const name of ['Hana', 'Kofi', 'Lena'])
    controllers.push(stack.use(await openController(network.url, rig.admission.issueTicketAs('host', name).ticket)));
  const people = await createPeople(rig, ['Ada', 'Ben', 'Cleo', 'Dara']);

  for (let step = 1; step <= steps; step++) {
    if (random(1) < 0.3) await people.act(random);
    else {
      const controller = pick(controllers, random);
      controller.act(chooseAction(controller.entries(), random));
    }
    await rig.clock.advance(stepMs);
    if (step % stepsAtOnce === 0) await sleep(1.5 * stepsAtOnce);
  }
  await people.leave();
  const isQuiet = () => network.underway() === 0 && controllers.every((controller) => controller.unanswered() === 0);
  await expect.poll(isQuiet, { timeout: 5_000 }).toBe(true);
  // Changes nothing and is answered, so whatever was told before it has come too.
  for (const controller of controllers) controller.act({ kind: 'lowerHand', participantId: newId('participant') });
  await expect.poll(isQuiet, { timeout: 5_000 }).toBe(true);

  const server = rig.service.view(rig.admission.meeting.meetingId)?.roster ?? [];
  expect(server.length).toBeGreaterThanOrEqual(controllers.length);
  for (const controller of controllers) {
    expect(controller.roster()?.early).toEqual([]);
    expect(byId(controller.entries())).toEqual(byId(server));
  }
  // They acted on what was not so any more, were told so, and did something nevertheless.
  const refused = controllers.reduce((sum, controller) => sum + controller.refused(), 0);
  expect(refused).toBeGreaterThan(0);
  expect(controllers[0]?.roster()?.revision).toBeGreaterThan(steps / 4);
}, 20_000);
