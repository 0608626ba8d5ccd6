import { z } from 'zod';
import { accountId, contactId, departmentId, terminalId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import type { LocalizedText } from '../text.ts';

/**
 * Whom hosts call into a running meeting, what becomes of it, and how they find them: the same for the client, a room's
 * panel and the console.
 */

/** Most of each kind that one call names. */
export const mostChosen = 100;
/** Most people and rooms that one call rings, with everybody of its departments. */
export const mostCalled = 500;

const none: never[] = [];
/** Whom one call is for. Numbers are as they were typed, with their country code. */
export const calleeChoice = z.strictObject({
  accounts: z.array(accountId).max(mostChosen).default(none),
  departments: z.array(departmentId).max(mostChosen).default(none),
  terminals: z.array(terminalId).max(mostChosen).default(none),
  contacts: z.array(contactId).max(mostChosen).default(none),
  numbers: z.array(z.string().trim().min(1).max(40)).max(mostChosen).default(none),
});
export type CalleeChoice = z.infer<typeof calleeChoice>;
export const nobodyChosen: CalleeChoice = calleeChoice.parse({});

/** In E.164, as `phoneNumber` of fields.ts; its type tells it from an id. */
export const calledNumber = z.templateLiteral(['+', z.string().regex(/^[1-9]\d{5,14}$/)]);
export type CalledNumber = z.infer<typeof calledNumber>;

/** Somebody who was called: an account, a terminal, an external contact or a number. */
export const calleeId = z.union([accountId, terminalId, contactId, calledNumber]);
export type CalleeId = z.infer<typeof calleeId>;

/** The choice of one who was called before. */
export function choiceOf(id: CalleeId): CalleeChoice {
  const account = accountId.safeParse(id);
  if (account.success) return { ...nobodyChosen, accounts: [account.data] };
  const terminal = terminalId.safeParse(id);
  if (terminal.success) return { ...nobodyChosen, terminals: [terminal.data] };
  const contact = contactId.safeParse(id);
  if (contact.success) return { ...nobodyChosen, contacts: [contact.data] };
  return { ...nobodyChosen, numbers: [id] };
}

/**
 * What became of a call. `answered`: on the way in. `busy`: not to be disturbed, so that it never rang. `invited`: the
 * invitation went out by e-mail. `notReachableYet`: a number, before telephones can be called.
 */
export const calledStates = [
  'ringing',
  'answered',
  'declined',
  'missed',
  'busy',
  'withdrawn',
  'invited',
  'notReachableYet',
] as const;
export const calledState = z.enum(calledStates);
export type CalledState = z.infer<typeof calledState>;

/** Somebody who was called and is not in the meeting. */
export const calledEntry = z.object({
  calleeId,
  kind: z.enum(['person', 'terminal', 'contact', 'number']),
  name: z.string(),
  state: calledState,
  /** Since when it is so. */
  since: instant,
});
export type CalledEntry = z.infer<typeof calledEntry>;

/** Characters of a search. */
export const longestSearch = 80;
/** Most of each kind that a search finds; a longer name finds fewer. */
export const mostFound = 20;

const foundGroup = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), hasMore: z.boolean() });
export const foundInDirectory = z.object({
  people: foundGroup(z.object({ accountId, name: z.string(), department: z.string().nullable(), isHere: z.boolean() })),
  departments: foundGroup(z.object({ departmentId, name: z.string(), parent: z.string().nullable() })),
  terminals: foundGroup(z.object({ terminalId, name: z.string(), space: z.string().nullable(), isHere: z.boolean() })),
  /** `hasMail`: they are sent the invitation; a number alone reaches nobody yet. */
  contacts: foundGroup(z.object({ contactId, name: z.string(), company: z.string(), hasMail: z.boolean() })),
});
export type FoundInDirectory = z.infer<typeof foundInDirectory>;

/** Why a search was not carried out, in words for whoever searched. */
export const findRefusals = {
  not_allowed: {
    en: 'Only the host or a co-host can call others in. Ask one of them.',
    'zh-CN': '仅主持人或联席主持人可呼叫他人入会，请联系他们。',
  },
  no_directory: {
    en: 'People and phone numbers can be called in only by people and rooms of the organization that holds this meeting; you belong to none, or to another. Send the invitation link instead.',
    'zh-CN':
      '仅会议所属企业的成员和会议室可呼叫通讯录中的人员和电话号码；您不属于任何企业，或属于其他企业。请改为发送邀请链接。',
  },
  too_often: { en: 'Too many searches at once. Wait a moment.', 'zh-CN': '搜索过于频繁，请稍候。' },
  too_slow: {
    en: 'The directory did not answer in time. Try again in a moment.',
    'zh-CN': '通讯录未及时响应，请稍后重试。',
  },
} as const satisfies Record<string, LocalizedText>;
export type FindRefusal = keyof typeof findRefusals;
export const findRefusal = z.enum(Object.keys(findRefusals) as [FindRefusal, ...FindRefusal[]]);

/** The answer to a search: what was found, or why nothing was looked for. */
export const searchResult = z.union([
  z.object({ found: foundInDirectory, refusal: z.null() }),
  z.object({ found: z.null(), refusal: findRefusal }),
]);
export type SearchResult = z.infer<typeof searchResult>;

/** What a search comes to when nobody answered it. */
export const noAnswer: SearchResult = { found: null, refusal: 'too_slow' };

export function resultOf({
  found,
  refusal,
}: {
  found: FoundInDirectory | null;
  refusal: FindRefusal | null;
}): SearchResult {
  if (found !== null) return { found, refusal: null };
  return refusal === null ? noAnswer : { found, refusal };
}
