import type { CalleeKind } from '@anteroom/shared/meeting/callees.ts';
import { IconAddressBook, IconDoor, IconPhone, IconUser, IconUsersGroup } from '@tabler/icons-react';

const icons: Readonly<Record<CalleeKind, typeof IconUser>> = {
  person: IconUser,
  terminal: IconDoor,
  department: IconUsersGroup,
  contact: IconAddressBook,
  number: IconPhone,
};

export function KindIcon({ kind }: { kind: CalleeKind }) {
  const Icon = icons[kind];
  return <Icon size={18} stroke={1.75} aria-hidden="true" />;
}
