import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLinkCounters } from '../link/counters.ts';
import { startTestFleet, type TestFleet } from '../testing/test-fleet.ts';
import { registerLinkMetrics, registerSignallingMetrics } from './role-metrics.ts';

let test: TestFleet;
beforeAll(async () => {
  test = await startTestFleet({ args: ['--roles', 'api,link'] });
});
afterAll(() => test[Symbol.asyncDispose]());

/** The samples of a Prometheus text, without its comments. */
const samplesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

it('tells what the link has counted, each time anew', async () => {
  const counters = createLinkCounters();
  const metrics = new Registry();
  registerLinkMetrics(metrics, { counters: () => counters, isLeading: () => true });
  counters.received.hello = 2;
  await metrics.metrics();
  counters.received.hello = 3;
  counters.dropped.malformed = 4;
  counters.surplusOutcomes = 5;
  counters.commandsSent = 6;
  counters.commandsSentAgain = 7;
  counters.storeFailures = 8;
  expect(samplesOf(await metrics.metrics())).toEqual(
    expect.arrayContaining([
      'anteroom_link_messages_received_total{channel="hello"} 3',
      'anteroom_link_messages_received_total{channel="gone"} 0',
      'anteroom_link_messages_dropped_total{reason="malformed"} 4',
      'anteroom_link_surplus_outcomes_total 5',
      'anteroom_link_commands_sent_total{attempt="first"} 6',
      'anteroom_link_commands_sent_total{attempt="again"} 7',
      'anteroom_link_store_failures_total 8',
      'anteroom_link_leading 1',
    ]),
  );
});

it('tells what signalling has counted, and who is there', async () => {
  const metrics = new Registry();
  registerSignallingMetrics(metrics, {
    counters: () => ({ connections: 1, joins: 2, refusedJoins: 3, faultyFrames: { frame_invalid: 4 } }),
    liveMeetings: () => [{ meetingId: 'mtg_1', roster: [someone('One')] }],
  });
  expect(samplesOf(await metrics.metrics())).toEqual([
    'anteroom_signalling_connections_total 1',
    'anteroom_signalling_joins_total{result="joined"} 2',
    'anteroom_signalling_joins_total{result="refused"} 3',
    'anteroom_signalling_faulty_frames_total{code="frame_invalid"} 4',
    'anteroom_signalling_meetings 1',
    'anteroom_signalling_participants 1',
  ]);
});

it('is part of /metrics, for the roles that the process has', async () => {
  if (!test.fleet.app) throw new Error('this fleet has no browsers’ listener');
  const { body } = await test.fleet.app.inject({ url: '/metrics' });
  expect(samplesOf(body)).toContain('anteroom_link_leading 1');
  expect(body).not.toContain('anteroom_signalling_');
});
