import { type ErrorEntry, entry } from './entry.ts';

export const accountErrors = {
  code_wrong: entry(
    403,
    false,
    'The code is wrong or over. Check it, or ask for a new one.',
    '验证码错误或已失效，请核对或重新获取。',
  ),
  proof_invalid: entry(
    403,
    false,
    'The proof of your phone is over. Begin again with a new code.',
    '手机验证已失效，请重新获取验证码。',
  ),
  phone_invalid: entry(
    400,
    false,
    '{phone} is no phone number. Write it with its country code, such as +86 138 0013 8000.',
    '{phone} 不是有效的手机号，请带国家/地区代码填写，例如 +86 138 0013 8000。',
  ),
  phone_taken: entry(
    409,
    false,
    'This phone number already has an account. Sign in.',
    '该手机号已有账号，请直接登录。',
  ),
  email_taken: entry(
    409,
    false,
    'This e-mail address already belongs to an account. Use another.',
    '该邮箱已被其他账号使用，请更换。',
  ),
  password_wrong: entry(403, false, 'The present password is wrong.', '当前密码错误。'),
  no_recipient: entry(
    409,
    false,
    'Your account has neither phone nor e-mail address to send a code to. Ask an administrator.',
    '您的账号没有可接收验证码的手机号或邮箱，请联系管理员。',
  ),
  default_administrator_stays: entry(
    409,
    false,
    'You are the default administrator of {organization}. Hand the role over or dissolve the organization in the console first.',
    '您是“{organization}”的默认管理员，请先在管理控制台移交该角色或解散企业。',
  ),
  default_administrator_on_phone: entry(
    409,
    false,
    'You are the default administrator of {organization}. Hand the role over or dissolve the organization in the console on a computer; it cannot be done here.',
    '您是“{organization}”的默认管理员，无法在手机端注销账号。请在电脑上打开管理控制台，移交该角色或解散企业。',
  ),
  account_deleted: entry(401, false, 'Your account has been deleted.', '您的账号已注销。'),
  removed_from_organization: entry(
    401,
    false,
    'You have been removed from the organization. Sign in again to go on by yourself.',
    '您已被移出企业，请重新登录以个人用户身份继续使用。',
  ),
  password_changed: entry(
    401,
    false,
    'The password of this account was changed elsewhere. Sign in with the new one.',
    '账号密码已在其他位置修改，请使用新密码登录。',
  ),
  signed_out_elsewhere: entry(
    401,
    false,
    'This session was signed out from another one. Sign in again.',
    '此会话已在其他位置退出登录，请重新登录。',
  ),
} as const satisfies Record<string, ErrorEntry>;
