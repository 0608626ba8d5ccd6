import { entry } from './entry.ts';

/** What keeps people from planning, changing and calling off meetings. */
export const meetingsErrors = {
  room_has_meeting: entry(
    409,
    false,
    '{room} already holds “{subject}” from {start} to {end}. Choose another time or cloud room.',
    '{room} 在 {start} 至 {end} 已有会议“{subject}”，请更换时间或云会议室。',
  ),
  personal_number_has_meeting: entry(
    409,
    false,
    'Under this personal meeting ID, “{subject}” is planned from {start} to {end}. Choose another time, or a number of its own.',
    '该个人会议 ID 在 {start} 至 {end} 已有会议“{subject}”，请更换时间或使用独立会议号。',
  ),
  meeting_time_invalid: entry(
    400,
    false,
    'The meeting must last from 1 minute to 24 hours and end in the future.',
    '会议时长须为 1 分钟至 24 小时，且结束时间须晚于现在。',
  ),
  meeting_number_taken: entry(
    409,
    false,
    'The meeting number {number} is already in use. Choose another, or let one be generated.',
    '会议号 {number} 已被使用，请更换或自动生成。',
  ),
  personal_number_not_in_room: entry(
    400,
    false,
    'A meeting in a cloud room has a number of its own, not a personal meeting ID.',
    '云会议室中的会议使用独立会议号，不能使用个人会议 ID。',
  ),
  free_meeting_not_here: entry(
    403,
    false,
    'Free meetings are for people without an organization. Use your organization’s concurrency.',
    '免费会议仅供未加入企业的用户使用，请使用企业的会议并发。',
  ),
  concurrency_not_here: entry(
    403,
    false,
    'Concurrency and cloud rooms belong to an organization. You can hold free meetings, or join an organization.',
    '会议并发和云会议室属于企业。您可以召开免费会议，或加入企业。',
  ),
  room_unassigned: entry(
    403,
    false,
    'The cloud room {room} is assigned to nobody yet. An administrator of cloud rooms assigns it.',
    '云会议室 {room} 尚未分配，请联系云会议室管理员进行分配。',
  ),
  meeting_not_yours: entry(
    403,
    false,
    'Only the organizer changes this meeting, or an administrator of meetings.',
    '只有会议组织者或会议管理员可以更改此会议。',
  ),
  attendee_unknown: entry(
    400,
    false,
    'One of the attendees ({id}) does not exist in your organization. Choose again.',
    '与会者 {id} 不在您的企业中，请重新选择。',
  ),
  meeting_begun: entry(409, false, 'This meeting has begun. End it instead.', '会议已开始，请改为结束会议。'),
  meeting_not_begun: entry(
    409,
    false,
    'This meeting has not begun. Cancel it instead.',
    '会议尚未开始，请改为取消会议。',
  ),
  meeting_over: entry(409, false, 'This meeting is over.', '会议已结束。'),
  meeting_unknown: entry(
    404,
    false,
    'There is no meeting with this number. Check the nine digits.',
    '没有此会议号的会议，请检查九位数字。',
  ),
  guest_password_wrong: entry(
    403,
    false,
    'The meeting password is wrong. Ask the person who invited you.',
    '会议密码错误，请向邀请人确认。',
  ),
} as const;
