import { type ErrorEntry, entry } from './entry.ts';

/** What orders, cloud rooms and quotas refuse. */
export const resourceErrors = {
  order_time_invalid: entry(
    400,
    false,
    'An order must end after it starts, in the future, and at most five years after its start.',
    '订单结束时间须晚于开始时间和当前时间，且最长五年。',
  ),
  order_line_unavailable: entry(
    400,
    false,
    'The plan {plan} has no such resource, or allows at most {limit} parties. Choose another plan or fewer parties.',
    '{plan} 不含此资源，或最多支持 {limit} 方。请更换版本或减少方数。',
  ),
  order_not_pending: entry(
    409,
    false,
    'This order is already paid or cancelled. Place a new one.',
    '订单已支付或已取消，请重新下单。',
  ),
  billing_identity_required: entry(
    409,
    false,
    'This organization orders with a billing identity only. Link yours in “My account” first, then place the order.',
    '本企业下单须使用云账号，请先在“我的账号”中关联云账号，再提交订单。',
  ),
  operator_key_wrong: entry(
    403,
    false,
    'This is not the key of the operator. It is in the data folder, in keys/operator-key.',
    '运营方密钥错误，请查看数据目录中的 keys/operator-key。',
  ),
  room_quota_used: entry(
    409,
    false,
    'No ordered cloud room for {capacity} parties is left. Order more, or choose fewer parties.',
    '没有可用的 {capacity} 方云会议室配额，请增购或减少方数。',
  ),
  room_over_order: entry(
    409,
    false,
    'This cloud room was ordered for {limit} parties. Order a larger one to go beyond.',
    '此云会议室的订购规格为 {limit} 方，如需更多请订购更大规格。',
  ),
  room_not_valid: entry(
    409,
    false,
    'No paid order covers {room} at that time. Choose another time, or order an extension.',
    '{room} 在该时间没有有效订单，请更换时间或续订。',
  ),
  room_not_yours: entry(
    403,
    false,
    'Only {holder} holds meetings in {room}. Ask them, or use the organization’s concurrency.',
    '仅 {holder} 可在 {room} 召开会议，请联系对方或使用企业并发资源。',
  ),
  room_has_future_meetings: entry(
    409,
    false,
    '{room} has {count} coming meetings: {meetings}. Choose whether they are transferred or cancelled.',
    '{room} 还有 {count} 场未召开的会议：{meetings}。请选择转移或取消。',
  ),
  assignee_unfit: entry(
    409,
    false,
    'A cloud room is assigned to somebody of the organization who can meet: not to a console-only account.',
    '云会议室只能分配给本企业可参会的成员，不能分配给仅控制台账号。',
  ),
  terminal_licences_used: entry(
    409,
    false,
    'All {count} terminal licences are in use. Order more, or retire a terminal.',
    '{count} 个终端许可已全部使用，请增购或停用终端。',
  ),
  concurrency_none: entry(
    409,
    false,
    'No paid order gives this organization concurrency at that time. Choose another time, or order concurrency.',
    '企业在该时间没有并发资源，请更换时间或订购并发。',
  ),
  plan_participants: entry(
    409,
    false,
    'The plan {plan} allows {limit} participants in a meeting, and {count} are expected. Invite fewer or choose another plan.',
    '{plan} 单场会议最多 {limit} 方，预计 {count} 方。请减少人数或更换版本。',
  ),
  plan_minutes: entry(
    409,
    false,
    'The plan {plan} allows meetings of {limit} minutes. Make it shorter or choose another plan.',
    '{plan} 单场会议最长 {limit} 分钟，请缩短时长或更换版本。',
  ),
  plan_waiting_room: entry(
    409,
    false,
    'The plan {plan} has no waiting room. Switch it off for this meeting or choose another plan.',
    '{plan} 不含等候室功能，请关闭等候室或更换版本。',
  ),
  plan_watermark: entry(
    409,
    false,
    'The plan {plan} has no watermark. Switch it off for this meeting or choose another plan.',
    '{plan} 不含水印功能，请关闭水印或更换版本。',
  ),
  plan_recording: entry(
    409,
    false,
    'The plan {plan} has no recording. Switch automatic recording off for this meeting or choose another plan.',
    '{plan} 不含录制功能，请关闭自动录制或更换版本。',
  ),
} as const satisfies Record<string, ErrorEntry>;
