import { expect, it } from 'vitest';
import { checkIds, type FindingCode, found, meanings, reportOf, summaryOf } from './findings.ts';
import { checkTexts } from './locales/texts.ts';

const codes = Object.keys(meanings) as FindingCode[];

it('has words for every finding, of a check that there is', () => {
  for (const code of codes) {
    expect(checkTexts.catalogue.en[code]).toBeTruthy();
    expect(checkIds).toContain(found(code).check);
  }
});

it('names who can end whatever is wrong, and nobody for what is right', () => {
  for (const code of codes) {
    const { verdict, fixer } = meanings[code];
    expect([code, fixer !== null]).toEqual([code, verdict === 'bad' || verdict === 'warning']);
  }
});

it.each([
  [['browser.good', 'microphone.good', 'media.untested'], { verdict: 'good', count: 2 }],
  [['browser.good', 'microphone.noise', 'camera.black'], { verdict: 'warning', count: 2 }],
  [['browser.good', 'microphone.silence', 'camera.black'], { verdict: 'bad', count: 1 }],
] as const)('%j come to %j', (found_, summary) => {
  expect(summaryOf(found_.map((code) => found(code)))).toEqual(summary);
});

it('is copied with numbers and without what was said about a person or a meeting', () => {
  const findings = [
    found('media.good', { roundTripMs: 12 }),
    found('meeting.refused', { reason: 'The host Lin Yuehan locked it' }),
  ];
  const report = reportOf(findings, { userAgent: 'Chromium 156', at: new Date('2026-03-02T10:00:00.000Z') });
  expect(report.split('\n')).toEqual([
    'Anteroom check',
    '2026-03-02T10:00:00.000Z',
    'Chromium 156',
    'media: good (media.good roundTripMs=12)',
    'meeting: bad (meeting.refused)',
    '',
  ]);
});
