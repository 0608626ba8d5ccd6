import { type ErrorEntry, entry } from './entry.ts';

export const peopleErrors = {
  password_link_invalid: entry(
    401,
    false,
    'This link was used or has expired. Ask your administrator for a new one, or set a password with a code.',
    '链接已使用或已过期，请联系管理员重新发送，或通过验证码设置密码。',
  ),
  department_loop: entry(
    409,
    false,
    'A department cannot stand below itself. Choose another place for {name}.',
    '部门不能移动到自身或其下级之下，请为“{name}”另选位置。',
  ),
  outside_scope: entry(
    403,
    false,
    'You manage other departments than this one. Ask the default administrator.',
    '此部门不在您的管理范围内，请联系默认管理员。',
  ),
  role_stays: entry(
    409,
    false,
    'The default administrator’s role is handed over, not taken away.',
    '默认管理员角色只能移交，不能直接取消。',
  ),
  console_account_only: entry(
    409,
    false,
    '{name} has no console or client account of this organization that could take this role.',
    '{name} 没有可担任此角色的本企业账号。',
  ),
  recipient_missing: entry(
    400,
    false,
    'Give a phone number or an e-mail address: the link to set a password goes there.',
    '请填写手机号或邮箱，用于接收设置密码的链接。',
  ),
  member_already: entry(
    409,
    false,
    'Somebody with this phone number already belongs to {organization}.',
    '该手机号的用户已是“{organization}”成员。',
  ),
  invitation_unknown: entry(
    404,
    false,
    'This invitation is unknown or over. Ask the person who invited you for a new one.',
    '邀请不存在或已失效，请联系邀请人重新发送。',
  ),
  invitation_for_other: entry(
    403,
    false,
    'This invitation was sent to another phone number. Sign in with the account of that number.',
    '此邀请发送给了其他手机号，请使用该手机号的账号登录。',
  ),
  invitation_answered: entry(
    409,
    false,
    'This invitation was answered, withdrawn or is over.',
    '此邀请已被处理、撤回或已过期。',
  ),
  invitations_closed: entry(
    403,
    false,
    'Members of this organization may not invite. Ask an administrator.',
    '本企业未开放成员邀请，请联系管理员。',
  ),
  closing_requested: entry(
    409,
    false,
    'The organization is already to be closed. Withdraw that first.',
    '企业已提交注销申请，如需更改请先撤回。',
  ),
  closing_not_requested: entry(
    409,
    false,
    'Nobody asked to close this organization, or it is closed already.',
    '企业没有待生效的注销申请，或已注销。',
  ),
  organization_dissolving: entry(
    409,
    true,
    'Your organization is being dissolved. Sign in again in a minute to go on by yourself.',
    '您的企业正在解散，请一分钟后重新登录，以个人用户身份继续使用。',
  ),
  import_file_unreadable: entry(
    400,
    false,
    'This is no CSV or XLSX file that can be read. Download the template, fill it in and save it as CSV or XLSX.',
    '文件不是可读取的 CSV 或 XLSX，请下载模板填写后另存为 CSV 或 XLSX。',
  ),
  import_line_broken: entry(
    400,
    false,
    'Line {line} opens a quotation mark that is not closed. Close it and send the file again.',
    '第 {line} 行的引号未闭合，请修正后重新上传。',
  ),
  import_file_too_large: entry(
    413,
    false,
    'This file is too large. Import at most {rows} people and {megabytes} MB at once.',
    '文件过大，一次最多导入 {rows} 人、{megabytes} MB。',
  ),
  import_columns_wrong: entry(
    400,
    false,
    'The first line does not name the columns as the template does ({columns}). Download the template and use its heads.',
    '首行的列名与模板不符（{columns}），请下载模板并使用其中的列名。',
  ),
  import_empty: entry(
    400,
    false,
    'The file has no line below the heads. Write one line for each person.',
    '文件中没有人员数据，请在表头下每人填写一行。',
  ),
} as const satisfies Record<string, ErrorEntry>;
