import { figuresBetween } from '@anteroom/shared/network/figures.ts';
import { expect, it } from 'vitest';
import { readSourceStats } from './rtp-stats.ts';

/** As GStreamer 1.22 writes it, without what is not read. */
const session = (...sources: string[]) =>
  `application/x-rtp-session-stats, rtx-drop-count=(uint)0, source-stats=(GValueArray)< ${sources
    .map((fields) => `"application/x-rtp-source-stats\\,\\ ${fields.replace(/[ =(),]/gu, '\\$&')}\\;"`)
    .join(', ')} >;`;
const own = (packets: number) =>
  `ssrc=(uint)1234, internal=(boolean)true, is-sender=(boolean)true, clock-rate=(int)48000, octets-sent=(guint64)${packets * 100}, packets-sent=(guint64)${packets}, packets-received=(guint64)${packets}`;
const report = (lost: number, dlsr: number) =>
  `ssrc=(uint)99, internal=(boolean)false, is-sender=(boolean)false, clock-rate=(int)-1, have-rb=(boolean)true, rb-ssrc=(uint)1234, rb-packetslost=(int)${lost}, rb-exthighestseq=(uint)20493, rb-jitter=(uint)662, rb-lsr=(uint)3060589200, rb-dlsr=(uint)${dlsr}, rb-round-trip=(uint)3276`;
const other = (packets: number, lost: number) =>
  `ssrc=(uint)77, internal=(boolean)false, is-sender=(boolean)true, clock-rate=(int)90000, packets-received=(guint64)${packets}, bytes-received=(guint64)${packets * 500}, packets-lost=(int)${lost}, jitter=(uint)900, have-rb=(boolean)false`;
const reading = (atMs: number, text: string) => ({ atMs, streams: readSourceStats(text, 'publish'), paths: [] });

it('reads what is sent, with what the far end reports of it', () => {
  const figures = figuresBetween(
    reading(0, session(own(100), report(0, 1))),
    reading(2_000, session(own(300), report(10, 2))),
  );
  expect(figures).toEqual({
    ...{ roundTripMs: 50, sentLossPercent: 5, receivedLossPercent: null, jitterMs: 14 },
    ...{ sentKbps: 80, receivedKbps: 0, canSendKbps: null },
  });
});

it('reads what is received', () => {
  const figures = figuresBetween(reading(0, session(other(100, 0))), reading(2_000, session(other(280, 20))));
  expect(figures).toMatchObject({ receivedLossPercent: 10, jitterMs: 10, receivedKbps: 360, roundTripMs: null });
});

it('takes a report of nothing new for none', () => {
  const same = report(10, 2);
  expect(figuresBetween(reading(0, session(own(100), same)), reading(2_000, session(own(300), same)))).toBeNull();
});

it('finds nothing in a session in which nobody sends', () => {
  expect(readSourceStats(session(report(0, 0)), 'publish')).toEqual([]);
  expect(readSourceStats('application/x-rtp-session-stats, source-stats=(GValueArray)<  >;', 'publish')).toEqual([]);
});
