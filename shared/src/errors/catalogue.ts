import { accountErrors } from './account-errors.ts';
import { controlErrors } from './control-errors.ts';
import { type ErrorEntry, entry } from './entry.ts';
import { identityErrors } from './identity-errors.ts';
import { meetingsErrors } from './meetings-errors.ts';
import { peopleErrors } from './people-errors.ts';
import { resourceErrors } from './resource-errors.ts';

/** Every error code of the HTTP and signalling doors. A code is never renamed: programs depend on it. */
export const errorCatalogue = {
  ...accountErrors,
  ...identityErrors,
  ...peopleErrors,
  body_malformed: entry(
    400,
    false,
    'The request body is not valid JSON. Send JSON in UTF-8.',
    '请求内容不是有效的 JSON，请以 UTF-8 发送 JSON。',
  ),
  request_invalid: entry(
    400,
    false,
    'A field has a wrong value: {detail}. Correct it and send again.',
    '字段取值有误：{detail}。请更正后重试。',
  ),
  body_too_large: entry(
    413,
    false,
    'The request is larger than allowed. Send less at once.',
    '请求内容过大，请减少后重试。',
  ),
  media_type_unsupported: entry(
    415,
    false,
    'This address takes application/json only.',
    '此接口仅接受 application/json。',
  ),
  rate_limited: entry(
    429,
    true,
    'Too many tries. Wait {retryAfterS} s and try again.',
    '操作过于频繁，请在 {retryAfterS} 秒后重试。',
  ),
  not_found: entry(
    404,
    false,
    'There is nothing at this address, or you may not see it.',
    '内容不存在，或您无权查看。',
  ),
  route_not_found: entry(
    404,
    false,
    'There is no such address in this API. See /api/docs.',
    '接口地址不存在，请查看 /api/docs。',
  ),
  sign_in_required: entry(401, false, 'Sign in first.', '请先登录。'),
  credentials_wrong: entry(
    401,
    false,
    'Account or password is wrong. Check both and try again.',
    '账号或密码错误，请检查后重试。',
  ),
  sign_in_link_invalid: entry(
    401,
    false,
    'This sign-in link was used or has expired. Sign in with your password.',
    '登录链接已使用或已过期，请使用密码登录。',
  ),
  forbidden: entry(
    403,
    false,
    'Your role may not do this. In an organization, an administrator can give you one that may.',
    '您的角色无此权限。在企业中，可由管理员授予相应角色。',
  ),
  origin_forbidden: entry(
    403,
    false,
    'The request came from another site and was refused.',
    '请求来自其他站点，已拒绝。',
  ),
  conflict: entry(
    412,
    false,
    'Somebody changed this in the meantime. Reload and try again.',
    '内容已被他人修改，请刷新后重试。',
  ),
  name_taken: entry(409, false, 'The name {name} is already in use. Choose another.', '名称 {name} 已被使用，请更换。'),
  pairing_code_unknown: entry(
    404,
    false,
    'No terminal shows this code, or the code has expired. Read the code on the terminal’s screen again.',
    '没有终端显示此配对码，或配对码已过期。请重新查看终端屏幕。',
  ),
  pairing_code_used: entry(409, false, 'A terminal was already claimed with this code.', '此配对码已被使用。'),
  pairing_proof_invalid: entry(
    400,
    false,
    'The certificate request is not valid: {detail}.',
    '证书请求无效：{detail}。',
  ),
  pairing_unknown: entry(
    404,
    false,
    'This pairing is unknown or over. Ask for a new code.',
    '配对不存在或已结束，请重新获取配对码。',
  ),
  certificate_required: entry(
    401,
    false,
    'This address is for terminals with a valid certificate.',
    '此地址仅限持有有效证书的终端访问。',
  ),
  certificate_revoked: entry(
    403,
    false,
    'This terminal’s certificate was revoked. Pair the terminal again.',
    '终端证书已吊销，请重新配对。',
  ),
  certificate_too_old: entry(
    403,
    false,
    'This certificate ended more than a year ago. Pair the terminal again.',
    '证书过期已超过一年，请重新配对。',
  ),
  terminal_retired: entry(
    409,
    false,
    'This terminal is retired. Pair it again to use it.',
    '终端已停用，请重新配对后使用。',
  ),
  ...meetingsErrors,
  ...controlErrors,
  space_has_terminal: entry(
    409,
    false,
    'The terminal “{terminal}” already stands in this space. Move that terminal first, or choose another space.',
    '终端“{terminal}”已在此会议室中，请先移走该终端或选择其他会议室。',
  ),
  idempotency_key_reused: entry(
    422,
    false,
    'This Idempotency-Key was already used for another request. Use a new key for each new request.',
    '此 Idempotency-Key 已用于其他请求，请为每个新请求使用新的键。',
  ),
  idempotency_key_busy: entry(
    409,
    true,
    'The first request with this Idempotency-Key is still running. Send it again in a second.',
    '使用此 Idempotency-Key 的首个请求仍在处理，请稍后重试。',
  ),
  action_not_now: entry(409, false, 'This is not possible now ({reason}).', '现在无法执行（{reason}）。'),
  command_unknown_terminal: entry(404, false, 'There is no such terminal.', '终端不存在。'),
  media_unavailable: entry(
    503,
    true,
    'The media server is restarting. This goes on by itself in a few seconds.',
    '媒体服务器正在重启，几秒后自动恢复。',
  ),
  message_out_of_place: entry(
    409,
    false,
    'This message does not fit the present state: {detail}.',
    '当前状态下不接受此消息：{detail}。',
  ),
  media_offer_invalid: entry(
    400,
    false,
    'The media server could not use this offer: {detail}.',
    '媒体服务器无法使用此媒体提议：{detail}。',
  ),
  not_ready: entry(503, true, 'The service is starting. Try again in a few seconds.', '服务正在启动，请稍后重试。'),
  internal: entry(
    500,
    true,
    'Something failed on the server (reference {reference}). Try again; if it stays, give the reference to your administrator.',
    '服务器内部错误（编号 {reference}）。请重试；如仍失败，请将编号告知管理员。',
  ),
  ...resourceErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
