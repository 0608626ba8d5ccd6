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
  occurrence_has_conflict: entry(
    409,
    false,
    '{count} occurrences meet other meetings. The first, on {occurrence}, meets “{subject}” from {start} to {end}. Choose other times, or move them.',
    '有 {count} 次会议与其他会议冲突，最早为 {occurrence}，与 {start} 至 {end} 的“{subject}”冲突。请更换时间。',
  ),
  occurrence_not_in_plan: entry(
    409,
    false,
    '{count} occurrences, the first on {occurrence}, are at a time that no paid order covers. End the series earlier, or order an extension.',
    '有 {count} 次会议（最早为 {occurrence}）的时间没有有效订单，请提前结束周期或续订。',
  ),
  series_rule_invalid: entry(
    400,
    false,
    'A series has from 1 to 500 occurrences within two years. Choose another rule or end.',
    '周期会议须为 1 至 500 次，且在两年之内，请更换规则或结束时间。',
  ),
  series_overlaps_itself: entry(
    400,
    false,
    'The occurrences of this series overlap: each must end before the next begins. Make them shorter or rarer.',
    '周期会议的各次时间互相重叠，请缩短时长或降低频率。',
  ),
  series_needs_start: entry(
    400,
    false,
    'A series needs the start of its first occurrence.',
    '周期会议须指定首次开始时间。',
  ),
  meeting_not_recurring: entry(
    400,
    false,
    'This change is for a series: choose its scope, or leave the rule out.',
    '此更改仅适用于周期会议，请选择更改范围或去掉重复规则。',
  ),
  meeting_extends_into: entry(
    409,
    false,
    'It can be extended to {until}: then “{subject}” begins. Choose less.',
    '最晚可延长至 {until}，之后有会议“{subject}”，请缩短延长时间。',
  ),
  meeting_too_long: entry(409, false, 'A meeting lasts at most 24 hours.', '会议时长最多为 24 小时。'),
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
