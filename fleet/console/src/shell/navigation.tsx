import { IconCloud, IconDeviceTablet, IconDoor, IconHome, IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../app/app-context.ts';
import { texts } from '../locales/texts.ts';

/** The console's five places. At phone width they stand at the foot of the screen. */
export function Navigation() {
  const text = texts.useText();
  const { queries } = useApp();
  const overview = useQuery(queries.overview()).data;
  const spaces = useQuery(queries.spaces({})).data;
  const rooms = useQuery(queries.rooms({})).data;
  const places = [
    { to: '/', label: text('nav.overview'), Icon: IconHome, count: undefined },
    { to: '/spaces', label: text('nav.spaces'), Icon: IconDoor, count: spaces?.total },
    { to: '/terminals', label: text('nav.terminals'), Icon: IconDeviceTablet, count: overview?.terminals.total },
    {
      to: '/meetings',
      label: text('nav.meetings'),
      Icon: IconVideo,
      count: overview && overview.meetings.live > 0 ? text('nav.live', { count: overview.meetings.live }) : undefined,
    },
    { to: '/cloud-rooms', label: text('nav.rooms'), Icon: IconCloud, count: rooms?.total },
  ] as const;
  return (
    <nav className="nav" aria-label={text('nav.label')}>
      {places.map(({ to, label, Icon, count }) => (
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
