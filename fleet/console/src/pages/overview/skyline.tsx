import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { texts } from '../../locales/texts.ts';
import { DoorMark } from '../terminals/state-words.tsx';
import type { SkySite } from './skyline-groups.ts';

/** Doors shrink as they become many: a few are seen from the pavement, five hundred from across the river. */
function doorHeightPx(count: number): number {
  if (count <= 10) return 76;
  if (count <= 40) return 44;
  return count <= 150 ? 28 : 18;
}

/** Doors beside each other before a floor goes on above itself. */
const perRow = 12;

/**
 * Every room as a small door, by site and floor. It is a picture for the eye and the pointer; the table below says the
 * same to keyboard and screen reader, so the picture is hidden from them.
 */
export function Skyline({ sites, count }: { sites: readonly SkySite[]; count: number }) {
  const text = texts.useText();
  const heightPx = doorHeightPx(count);
  const style: CSSProperties & { '--door-height': string } = { '--door-height': `${heightPx}px` };
  return (
    <div className="skyline" style={style} aria-hidden="true">
      {sites.map((site) => (
        <div className="site" key={site.name}>
          <div className="floors">
            {site.floors.map((floor) => (
              <div
                className="floor"
                key={floor.name}
                style={{ gridTemplateColumns: `repeat(${Math.min(perRow, floor.doors.length)}, auto)` }}
              >
                {floor.doors.map(({ terminal, state }) => (
                  <Link
                    key={terminal.id}
                    to="/terminals/$terminalId"
                    params={{ terminalId: terminal.id }}
                    className="sky-door"
                    tabIndex={-1}
                    title={`${terminal.space?.name ?? terminal.name}: ${text(`door.${state}`)}`}
                  >
                    <DoorMark state={state} heightPx={heightPx} />
                    {count <= 10 ? <span className="sky-name">{terminal.space?.name ?? terminal.name}</span> : null}
                  </Link>
                ))}
              </div>
            ))}
          </div>
          <div className="site-name">
            <b>{site.name || text('overview.noSite')}</b>
            {site.cannotCount > 0 ? (
              <span className="site-fault">
                {text('overview.siteCannot', { cannot: site.cannotCount, count: site.count })}
              </span>
            ) : (
              <span className="t3">{text('overview.siteRooms', { count: site.count })}</span>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The same at phone width: one bar a site, lit where rooms are in a meeting. */
export function SiteBars({ sites }: { sites: readonly SkySite[] }) {
  const text = texts.useText();
  const largest = Math.max(1, ...sites.map((site) => site.count));
  return (
    <ul className="site-bars">
      {sites.map((site) => {
        const lit = site.floors.flatMap((floor) => floor.doors).filter((door) => door.state === 'meeting').length;
        const rest = site.count - lit - site.cannotCount;
        return (
          <li key={site.name}>
            <span className="site-bar-name">{site.name || text('overview.noSite')}</span>
            <span className="site-bar" aria-hidden="true">
              <i className="bar-lit" style={{ width: `${(lit / largest) * 100}%` }} />
              <i className="bar-can" style={{ width: `${(rest / largest) * 100}%` }} />
              <i className="bar-cannot" style={{ width: `${(site.cannotCount / largest) * 100}%` }} />
            </span>
            <span className={site.cannotCount > 0 ? 'site-fault' : 't3'}>
              {site.cannotCount > 0
                ? text('overview.siteCannot', { cannot: site.cannotCount, count: site.count })
                : text('overview.siteRooms', { count: site.count })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
