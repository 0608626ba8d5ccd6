import { Wordmark } from '@anteroom/ui/brand/wordmark.tsx';
import { LanguageSwitch } from '@anteroom/ui/controls/language-switch.tsx';
import { SchemeSwitch } from '@anteroom/ui/controls/scheme-switch.tsx';
import { initials } from '@anteroom/ui/format/time.ts';
import { IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useApp } from '../app/app-context.ts';
import { cityOf, readerZone, useWhen } from '../app/use-when.ts';
import { texts } from '../locales/texts.ts';
import { LiveMark } from './live-mark.tsx';
import { Navigation } from './navigation.tsx';
import { isClosedTo } from './places.ts';
import { Ringing } from './ringing.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import './shell.css';

/** The frame around every page: navigation at the left (at the foot on a phone), the live link, who is signed in. */
export function Shell() {
  const text = texts.useText();
  const { now, time } = useWhen();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {text('shell.skip')}
      </a>
      <aside className="side">
        <Link to="/" className="brand" aria-label={text('shell.home')}>
          <Wordmark heightPx={26} />
        </Link>
        <Navigation />
        <Account />
      </aside>
      <header className="top">
        <Link to="/" className="brand phone-only" aria-label={text('shell.home')}>
          <Wordmark heightPx={26} />
        </Link>
        <span className="grow" />
        <LiveMark />
        <span className="desk-only t2 tabular">
          {time(now.toISOString())} {cityOf(readerZone)}
        </span>
        <LanguageSwitch />
        <SchemeSwitch />
        <span className="phone-only">
          <Link to="/account" className="plain-control" aria-label={text('account.open')}>
            <IconUser size={20} stroke={1.75} aria-hidden="true" />
          </Link>
        </span>
      </header>
      <main className="page" id="main" tabIndex={-1}>
        <Ringing />
        <MemberNote />
        <Outlet />
      </main>
    </div>
  );
}

function Account() {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: session } = useQuery(queries.session());
  if (!session) return null;
  return (
    <div className="account">
      <span className="avatar" aria-hidden="true">
        {initials(session.account.name)}
      </span>
      <Link to="/account" className="grow account-name" title={text('account.open')}>
        <b>{session.account.name}</b>
        <span className="t3">{session.organization.name}</span>
      </Link>
      <SignOutButton />
    </div>
  );
}

/** A member who followed an address to a place of administrators is told whom to ask. */
function MemberNote() {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: session } = useQuery(queries.session());
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (session?.role !== 'member' || !isClosedTo(session, path)) return null;
  return (
    <p className="note member-note" data-kind="lamp">
      {text('shell.member', { organization: session.organization.name })}
    </p>
  );
}
