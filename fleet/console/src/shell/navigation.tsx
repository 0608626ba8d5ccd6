import { mayCall, type RouteAccess } from '@anteroom/shared/api/access.ts';
import {
  IconBuilding,
  IconChartBar,
  IconCloud,
  IconDeviceTablet,
  IconDoor,
  IconDots,
  IconHistory,
  IconHome,
  IconMail,
  IconUsers,
  IconVideo,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useApp } from '../app/app-context.ts';
import { texts } from '../locales/texts.ts';
import { placeAccess } from './places.ts';

/** Entries that fit at the foot of a phone; "More" is one of them when there are more places than that. */
const atFoot = 5;

/**
 * The console's places, as far as the account may enter them: drawn by the same answer that the fleet gives. At phone
 * width the first stand at the foot of the screen, and "More" opens the others above them.
 */
export function Navigation() {
  const text = texts.useText();
  const { queries } = useApp();
  const session = useQuery(queries.session()).data;
  const may = (access: RouteAccess) => session !== undefined && mayCall(access, session);
  const isStaff = may('staff');
  const overview = useQuery({ ...queries.overview(), enabled: isStaff }).data;
  const spaces = useQuery({ ...queries.spaces({}), enabled: isStaff }).data;
  const rooms = useQuery({ ...queries.rooms({}), enabled: isStaff }).data;
  const live =
    overview?.meetings && overview.meetings.live > 0 ? text('nav.live', { count: overview.meetings.live }) : undefined;
  const meetings = may(placeAccess['/meetings']) ? '/meetings' : '/my-meetings';
  const places = [
    { to: '/', label: text('nav.overview'), Icon: IconHome, count: undefined },
    { to: '/spaces', label: text('nav.spaces'), Icon: IconDoor, count: spaces?.total },
    {
      to: '/terminals',
      also: '/claim',

      label: text('nav.terminals'),
      Icon: IconDeviceTablet,
      count: overview?.terminals.total,
    },
    { to: meetings, also: '/my-meetings', label: text('nav.meetings'), Icon: IconVideo, count: live },
    { to: '/cloud-rooms', label: text('nav.rooms'), Icon: IconCloud, count: rooms?.total },
    { to: '/resources', label: text('nav.resources'), Icon: IconChartBar, count: undefined },
    { to: '/people', label: text('people.title'), Icon: IconUsers, count: undefined },
    { to: '/organization', label: text('nav.organization'), Icon: IconBuilding, count: undefined },
    { to: '/outbox', label: text('nav.outbox'), Icon: IconMail, count: undefined },
    { to: '/audit', label: text('nav.audit'), Icon: IconHistory, count: undefined },
  ] as const;
  const open = places.filter(({ to }) => may(placeAccess[to]));
  const near = open.length > atFoot ? open.slice(0, atFoot - 1) : open;
  const rest = open.slice(near.length);
  return (
    <nav className="nav" aria-label={text('nav.label')}>
      {near.map((place) => (
        <NavItem key={place.to} {...place} />
      ))}
      {rest.length > 0 ? <MorePlaces places={rest} /> : null}
    </nav>
  );
}

type Place = {
  to: string;
  /** Another address that belongs to the place. */
  also?: string;
  label: string;
  Icon: typeof IconHome;
  count: number | string | undefined;
};

function isWithin(path: string, { to, also = to }: Place): boolean {
  return [to, also].some((start) => path === start || (start !== '/' && path.startsWith(`${start}/`)));
}

function NavItem(place: Place) {
  const { to, label, Icon, count } = place;
  const isHere = useLocation({ select: ({ pathname }) => isWithin(pathname, place) });
  return (
    <Link
      to={to}
      className="nav-item"
      activeOptions={{ exact: to === '/', includeSearch: false }}
      data-active={isHere ? '' : undefined}
    >
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      <span className="nav-label">{label}</span>
      {count === undefined ? null : (
        <span className="nav-count tabular" aria-hidden="true">
          {count}
        </span>
      )}
    </Link>
  );
}

/**
 * On a phone: the places that the foot has no room for, in a popover above it, which the browser closes on Escape or a
 * touch elsewhere. On a desk they stand below the others.
 */
function MorePlaces({ places }: { places: readonly Place[] }) {
  const text = texts.useText();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A place was chosen, or the browser went back.
    if (path) list.current?.hidePopover();
  }, [path]);
  const isHere = places.some((place) => isWithin(path, place));
  return (
    <>
      <button
        type="button"
        className="nav-item nav-more"
        popoverTarget="more-places"
        aria-current={isHere ? 'true' : undefined}
        data-active={isHere ? '' : undefined}
      >
        <IconDots size={18} stroke={1.75} aria-hidden="true" />
        <span className="nav-label">{text('nav.more')}</span>
      </button>
      <div ref={list} id="more-places" className="nav-rest" popover="auto">
        {places.map((place) => (
          <NavItem key={place.to} {...place} />
        ))}
      </div>
    </>
  );
}
