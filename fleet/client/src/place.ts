import { joinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { Refused } from './check/meeting-door.ts';
import type { Obstacle } from './stage.ts';

/** Where an address of the soft client leads. */
export type Place =
  | { page: 'meeting'; number: string }
  | { page: 'start' }
  /** `number`: the meeting that somebody cannot join, null to test the rest only; `refused`: how their last try ended. */
  | { page: 'check'; number: string | null; refused: Refused | null }
  | { page: 'nowhere' };

const nineDigits = /^\d{9}$/;
const passwordWrong = 'password_wrong';

export function placeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const [, path] = /^\/m(?:\/([^/]*))?\/?$/.exec(pathname) ?? [];
  if (path === undefined || path === '') return { page: 'start' };
  if (nineDigits.test(path)) return { page: 'meeting', number: path };
  if (path !== 'check') return { page: 'nowhere' };
  const asked = new URLSearchParams(search);
  const number = asked.get('number') ?? '';
  return {
    page: 'check',
    number: nineDigits.test(number) ? number : null,
    refused:
      asked.get('refused') === passwordWrong
        ? passwordWrong
        : (joinRefusal.safeParse(asked.get('refused')).data ?? null),
  };
}

/** The address of the tests, for a meeting at whose door somebody stands. */
export function checkAddress(number: string, obstacle: Obstacle | null): string {
  const asked = new URLSearchParams({ number });
  if (obstacle?.kind === 'refused') asked.set('refused', obstacle.reason);
  if (obstacle?.kind === 'problem' && obstacle.problem.code === 'guest_password_wrong')
    asked.set('refused', passwordWrong);
  return `/m/check?${asked}`;
}
