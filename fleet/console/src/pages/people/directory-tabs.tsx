import { Link } from '@tanstack/react-router';
import { texts } from '../../locales/texts.ts';

/** The parts of the directory (通讯录), above each of them. */
export function DirectoryTabs() {
  const text = texts.useText();
  const tabs = [
    { to: '/people', label: text('people.title') },
    { to: '/people/departments', label: text('departments.title') },
    { to: '/people/contacts', label: text('contacts.title') },
  ] as const;
  return (
    <nav className="tabs" aria-label={text('directory.label')}>
      {tabs.map(({ to, label }) => (
        // The link of the place where the reader is says so by itself.
        <Link key={to} to={to} className="tab" activeOptions={{ exact: true, includeSearch: false }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
