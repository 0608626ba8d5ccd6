import type { CalleeKind } from '@anteroom/shared/meeting/callees.ts';
import { IconAddressBook, IconDoor, IconPhone, IconUser, IconUsersGroup } from '@tabler/icons-react';

/** What kind of callee somebody is, or a room, or many at once. */
export const calleeIcons: Readonly<Record<CalleeKind, typeof IconUser>> = {
  person: IconUser,
  terminal: IconDoor,
  department: IconUsersGroup,
  contact: IconAddressBook,
  number: IconPhone,
};
