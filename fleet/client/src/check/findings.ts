import type { Fixer } from '@anteroom/shared/meeting/refusal.ts';

/** What is tested, in this order: each needs some of those before it. */
export const checkIds = [
  'browser',
  'secure',
  'permission',
  'microphone',
  'speaker',
  'camera',
  'signalling',
  'media',
  'meeting',
] as const;
export type CheckId = (typeof checkIds)[number];

/** `untested`: it could not be tried, which says nothing about it. */
export type Verdict = 'good' | 'warning' | 'bad' | 'untested';

type Meaning = { verdict: Verdict; fixer: Fixer | null };
const good: Meaning = { verdict: 'good', fixer: null };
const untested: Meaning = { verdict: 'untested', fixer: null };
const warning = (fixer: Fixer): Meaning => ({ verdict: 'warning', fixer });
const bad = (fixer: Fixer): Meaning => ({ verdict: 'bad', fixer });

/** Everything that a test can find out, how bad it is and who can end it. Its words have the same key. */
export const meanings = {
  'browser.good': good,
  'browser.old': bad('you'),
  'secure.good': good,
  'secure.bad': bad('administrator'),
  'permission.good': good,
  'permission.denied': bad('you'),
  'permission.system': bad('you'),
  'permission.untested': untested,
  'microphone.good': good,
  'microphone.silence': bad('you'),
  'microphone.noise': warning('you'),
  'microphone.missing': bad('you'),
  'microphone.busy': bad('you'),
  'microphone.untested': untested,
  'speaker.good': good,
  'speaker.unheard': bad('you'),
  'speaker.blocked': bad('you'),
  'speaker.failed': bad('you'),
  'camera.good': good,
  'camera.black': warning('you'),
  'camera.still': bad('you'),
  'camera.missing': warning('you'),
  'camera.busy': bad('you'),
  'camera.untested': untested,
  'signalling.good': good,
  'signalling.offline': bad('you'),
  'signalling.bad': bad('administrator'),
  'media.good': good,
  'media.detour': warning('administrator'),
  'media.lossy': warning('you'),
  'media.bad': bad('administrator'),
  'media.away': untested,
  'media.untested': untested,
  'meeting.good': good,
  'meeting.early': warning('time'),
  'meeting.host': warning('host'),
  'meeting.waiting': warning('host'),
  'meeting.held': warning('time'),
  'meeting.password': warning('you'),
  'meeting.passwordWrong': bad('you'),
  'meeting.over': bad('host'),
  'meeting.cancelled': bad('host'),
  'meeting.unknown': bad('host'),
  'meeting.refused': bad('host'),
  'meeting.noAnswer': bad('administrator'),
  'meeting.none': untested,
} as const satisfies Record<`${CheckId}.${string}`, Meaning>;
export type FindingCode = keyof typeof meanings;

/** What one test found out, with the numbers of its sentence. */
export type Finding = { check: CheckId; code: FindingCode; values: Readonly<Record<string, string | number>> };

export function found(code: FindingCode, values: Finding['values'] = {}): Finding {
  const check = checkIds.find((id) => code.startsWith(`${id}.`));
  if (!check) throw new Error(`finding ${code} belongs to no check`);
  return { check, code, values };
}

/** The worst that was found; what was not tested counts for nothing. */
export function summaryOf(findings: readonly Finding[]): { verdict: Exclude<Verdict, 'untested'>; count: number } {
  const of = (verdict: Verdict) => findings.filter(({ code }) => meanings[code].verdict === verdict).length;
  const [badCount, warningCount] = [of('bad'), of('warning')];
  if (badCount > 0) return { verdict: 'bad', count: badCount };
  if (warningCount > 0) return { verdict: 'warning', count: warningCount };
  return { verdict: 'good', count: of('good') };
}

/**
 * The result as text for support: what was tested and found, which browser and when. No name, no number of a meeting and
 * no device's label stands in it.
 */
export function reportOf(findings: readonly Finding[], about: { userAgent: string; at: Date }): string {
  const lines = findings.map(({ check, code, values }) => {
    const numbers = Object.entries(values).filter(([, value]) => typeof value === 'number');
    const measured = numbers.map(([name, value]) => ` ${name}=${value}`).join('');
    return `${check}: ${meanings[code].verdict} (${code}${measured})`;
  });
  return ['Anteroom check', about.at.toISOString(), about.userAgent, ...lines, ''].join('\n');
}
