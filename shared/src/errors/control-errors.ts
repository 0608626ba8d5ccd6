import { type ControlRefusal, controlRefusals } from '../meeting/control.ts';
import { type ErrorEntry, entry } from './entry.ts';

/** A refusal of meeting control as a problem: in the words that participants read. */
type RefusalCode = `control_${ControlRefusal}`;
export const codeOfRefusal = (refusal: ControlRefusal): RefusalCode => `control_${refusal}`;

const status: Partial<Record<ControlRefusal, number>> = { not_allowed: 403, failed: 503 };

const refusalErrors = Object.fromEntries(
  Object.entries(controlRefusals).map(([refusal, { en, 'zh-CN': zh }]) => {
    // Object.entries loses the key type.
    const known = refusal as ControlRefusal;
    return [codeOfRefusal(known), entry(status[known] ?? 409, known === 'failed', en, zh)];
  }),
) as Record<RefusalCode, ErrorEntry>; // one entry for each refusal

/** What keeps whoever manages a meeting from controlling it from outside. */
export const controlErrors = {
  ...refusalErrors,
  nobody_in_meeting: entry(
    409,
    false,
    'Nobody is in the meeting. This is possible once somebody is.',
    '会议中还没有人，有人入会后即可操作。',
  ),
  signalling_elsewhere: entry(
    503,
    false,
    'This process of the fleet carries no meetings. An administrator has to lead /api/v1/signal to the one with the signal role.',
    '当前服务进程不承载会议，请管理员将 /api/v1/signal 转发到具有 signal 角色的进程。',
  ),
};
