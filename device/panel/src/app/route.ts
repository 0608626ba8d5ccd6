import { useCallback, useSyncExternalStore } from 'react';

/** Where the touch panel stands, by its address: at the room itself, or at the devices of the room. */
export type Route = { page: 'room' } | { page: 'devices'; device: string | null };

const devicesPath = '/panel/devices';

export function readRoute(pathname: string): Route {
  const path = pathname.replace(/\/+$/u, '');
  if (path === devicesPath) return { page: 'devices', device: null };
  if (!path.startsWith(`${devicesPath}/`)) return { page: 'room' };
  return { page: 'devices', device: decodeURIComponent(path.slice(devicesPath.length + 1)) };
}

export function pathOf(route: Route): string {
  if (route.page === 'room') return '/';
  return route.device === null ? devicesPath : `${devicesPath}/${encodeURIComponent(route.device)}`;
}

function subscribe(notify: () => void) {
  addEventListener('popstate', notify);
  return () => removeEventListener('popstate', notify);
}

const pathname = () => location.pathname;

export function useRoute(): { route: Route; go: (route: Route) => void } {
  const path = useSyncExternalStore(subscribe, pathname);
  const go = useCallback((route: Route) => {
    history.pushState(null, '', pathOf(route));
    // A browser tells only of steps that it takes itself.
    dispatchEvent(new PopStateEvent('popstate'));
  }, []);
  return { route: readRoute(path), go };
}
