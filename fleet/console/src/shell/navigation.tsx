import { mayCall, type RouteAccess } from '@anteroom/shared/api/access.ts';
import {
  IconBuilding,
  IconChartBar,
  IconCloud,
  IconDeviceTablet,
  IconDoor,
  IconHistory,
  IconHome,
  IconMail,
  IconUsers,
  IconVideo,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../app/app-context.ts';
import { texts } from '../locales/texts.ts';

/**
 * The console's places, as far as the account may enter them: drawn by the same answer that the fleet gives. At phone
 * width the first five stand at the foot of the screen; the others are found from the account and cloud-room pages.
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
  const live = overview && overview.meetings.live > 0 ? text('nav.live', { count: overview.meetings.live }) : undefined;
  const meetings = may('meetings')
    ? ({ to: '/meetings', access: 'meetings' } as const)
    : ({ to: '/my-meetings', access: 'signedIn' } as const);
  const places = [
    { to: '/', access: 'staff', label: text('nav.overview'), Icon: IconHome, count: undefined },
    { to: '/spaces', access: 'staff', label: text('nav.spaces'), Icon: IconDoor, count: spaces?.total },
    {
      to: '/terminals',
      access: 'engineering',
      label: text('nav.terminals'),
      Icon: IconDeviceTablet,
      count: overview?.terminals.total,
    },
    { ...meetings, label: text('nav.meetings'), Icon: IconVideo, count: live },
    { to: '/cloud-rooms', access: 'staff', label: text('nav.rooms'), Icon: IconCloud, count: rooms?.total },
    { to: '/resources', access: 'administrator', label: text('nav.resources'), Icon: IconChartBar, count: undefined },
    { to: '/people', access: 'users', label: text('people.title'), Icon: IconUsers, count: undefined },
    { to: '/organization', access: 'signedIn', label: text('nav.organization'), Icon: IconBuilding, count: undefined },
    { to: '/outbox', access: 'settings', label: text('nav.outbox'), Icon: IconMail, count: undefined },
    { to: '/audit', access: 'audit', label: text('nav.audit'), Icon: IconHistory, count: undefined },
  ] as const;
  return (
    <nav className="nav" aria-label={text('nav.label')}>
      {places
        .filter(({ access }) => may(access))
        .map(({ to, label, Icon, count }) => (
          <Link
            key={to}
            to={to}
            className="nav-item"
            activeOptions={{ exact: to === '/', includeSearch: false }}
            activeProps={{ 'data-active': '' }}
          >
            <Icon size={18} stroke={1.75} aria-hidden="true" />
            <span className="nav-label">{label}</span>
            {count === undefined ? null : (
              <span className="nav-count tabular" aria-hidden="true">
                {count}
              </span>
            )}
          </Link>
        ))}
    </nav>
  );
}
