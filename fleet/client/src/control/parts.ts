/** What is shown only in a meeting and only when asked for: one part of the program, fetched once the guest is in. */
import { callingTexts } from '../calling/locales/texts.ts';
import { networkTexts } from '../network/locales/texts.ts';
import { pipTexts } from '../pip/locales/texts.ts';
import { shortcutTexts } from '../shortcuts/locales/texts.ts';

export { ChatPanel } from '../chat/chat-panel.tsx';
export { DevicesDialog } from '../devices/devices-dialog.tsx';
export { ViewMenu } from '../meeting/view-menu.tsx';
export { NetworkDialog } from '../network/network-dialog.tsx';
export { PipStage } from '../pip/pip-stage.tsx';
export { TakeOver } from '../sharing/take-over.tsx';
export { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx';
export { AskDialog } from './ask-dialog.tsx';
export { ExtendMenu } from './extend-menu.tsx';
export { LeaveMenu } from './leave-menu.tsx';
export { MoreMenu } from './more-menu.tsx';
export { PeoplePanel } from './people-panel.tsx';
export { ReactionMenu } from './reaction-menu.tsx';

/** The texts that only these need. */
export const partTexts = [callingTexts, networkTexts, pipTexts, shortcutTexts];
