import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import type { DoorState } from '../terminals/door-state.ts';

export type SkyDoor = { terminal: Terminal; state: DoorState };
/** One site: its floors from the top one down, as they stand in a skyline. `name` is empty for doors without a room. */
export type SkySite = {
  name: string;
  floors: { name: string; doors: SkyDoor[] }[];
  count: number;
  cannotCount: number;
};

const cannotJoin: ReadonlySet<DoorState> = new Set(['fault', 'silent']);

/** Doors by site, the largest first, and by floor. Floors are sorted as people count them: B1 < 1 < 2 < 10. */
export function groupDoors(doors: readonly SkyDoor[]): SkySite[] {
  const sites = new Map<string, Map<string, SkyDoor[]>>();
  for (const door of doors) {
    const site = door.terminal.space?.site ?? '';
    const floor = door.terminal.space?.floor ?? '';
    const floors = sites.get(site) ?? new Map<string, SkyDoor[]>();
    floors.set(floor, [...(floors.get(floor) ?? []), door]);
    sites.set(site, floors);
  }
  return [...sites]
    .map(([name, floors]) => {
      const all = [...floors.values()].flat();
      return {
        name,
        floors: [...floors]
          .sort(([a], [b]) => compareFloors(b, a))
          .map(([floor, onFloor]) => ({ name: floor, doors: onFloor })),
        count: all.length,
        cannotCount: all.filter((door) => cannotJoin.has(door.state)).length,
      };
    })
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || b.count - a.count || a.name.localeCompare(b.name));
}

function compareFloors(a: string, b: string): number {
  return levelOf(a) - levelOf(b) || a.localeCompare(b, undefined, { numeric: true });
}

/** `3`, `3F`, `L3` are 3; `B2` and `-2` are -2; `G` is 0. */
function levelOf(floor: string): number {
  const digits = /\d+/.exec(floor)?.[0];
  if (!digits) return 0;
  return /^\s*(b|-)/i.test(floor) ? -Number(digits) : Number(digits);
}

const order: readonly DoorState[] = ['fault', 'silent', 'impaired', 'settling', 'meeting', 'soon', 'ready', 'retired'];

/** Worst first; equals by name. */
export function worstFirst(doors: readonly SkyDoor[]): SkyDoor[] {
  return [...doors].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.terminal.name.localeCompare(b.terminal.name),
  );
}
