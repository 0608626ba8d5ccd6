import { type ErrorEntry, entry } from './entry.ts';

/** What happens on the way to an OpenID Connect provider and back. */
export const identityErrors = {
  identity_flow_over: entry(
    409,
    false,
    'This sign-in is over, was used already, or was begun in another browser. Begin again.',
    '此次登录已失效、已使用过，或由其他浏览器发起，请重新开始。',
  ),
  identity_denied: entry(
    403,
    false,
    '{provider} did not let you go on, or you declined there. Begin again, or choose another way.',
    '{provider} 未允许继续，或您已在该处取消。请重新开始，或选择其他方式。',
  ),
  identity_provider_failed: entry(
    503,
    true,
    '{provider} does not answer. Try again in a minute, or sign in another way.',
    '{provider} 没有响应，请稍后重试，或选择其他登录方式。',
  ),
  identity_answer_invalid: entry(
    502,
    false,
    '{provider} gave an answer that does not prove who you are. Tell whoever runs this installation.',
    '{provider} 的应答无法证明您的身份，请联系本系统的运营者。',
  ),
  identity_unlinked: entry(
    403,
    false,
    '{label} ({provider}) is not linked to an account here. Sign in another way first, then link it in “My account”.',
    '{label}（{provider}）尚未关联账号。请先以其他方式登录，再到“我的账号”中关联。',
  ),
  identity_taken: entry(
    409,
    false,
    '{label} ({provider}) is linked to another account. Unlink it there first, or link another identity.',
    '{label}（{provider}）已关联其他账号。请先在该账号中取消关联，或改用其他身份。',
  ),
  identity_present: entry(
    409,
    false,
    'Your account is already linked to {label} ({provider}). Unlink it first to link another.',
    '您的账号已关联 {label}（{provider}）。如需更换，请先取消关联。',
  ),
  password_missing: entry(
    409,
    false,
    'This needs your password, and you have none yet. Set one with “Forgot your password?” at the sign-in.',
    '此操作需要密码，而您尚未设置。请在登录页通过“忘记密码？”设置。',
  ),
  billing_provider_missing: entry(
    409,
    false,
    'This installation has no provider of billing identities, so nobody could order. Ask whoever runs it to add one.',
    '本系统未配置云账号提供方，启用后将无人能够下单。请联系本系统的运营者添加。',
  ),
} as const satisfies Record<string, ErrorEntry>;
