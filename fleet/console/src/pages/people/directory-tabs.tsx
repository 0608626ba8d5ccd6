import { mayCall } from '@anteroom/shared/api/access.ts';
import { invitationRoutes } from '@anteroom/shared/api/invitations.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useApp } from '../../app/app-context.ts';
import { texts } from '../../locales/texts.ts';

/** The parts of the directory (通讯录), above each of them. */
export function DirectoryTabs() {
  const text = texts.useText();
  const { queries } = useApp();
  const session = useQuery(queries.session()).data;
  const mayList = session !== undefined && mayCall(invitationRoutes.list.access, session);
  const tabs = [
    { to: '/people', label: text('people.title') },
    { to: '/people/departments', label: text('departments.title') },
    { to: '/people/terminals', label: text('nav.terminals') },
    { to: '/people/contacts', label: text('contacts.tab') },
    ...(mayList ? ([{ to: '/people/invitations', label: text('invite.title') }] as const) : []),
  ] as const;
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is wider than the screen.
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <nav ref={row} className="tabs" aria-label={text('directory.label')}>
      {tabs.map(({ to, label }) => (
        // The link of the place where the reader is says so by itself.
        <Link key={to} to={to} className="tab" activeOptions={{ exact: true, includeSearch: false }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
