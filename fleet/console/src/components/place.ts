/** A room and where it is, in one line: `Cedar · Shanghai · 3`. */
export function placeOf(space: { name: string; site: string; floor: string }): string {
  return [space.name, space.site, space.floor].filter(Boolean).join(' · ');
}

/** The same beside a terminal's name, which is often the room's own and then not said twice. */
export function placeBeside(terminalName: string, space: { name: string; site: string; floor: string }): string {
  return terminalName === space.name ? placeOf({ ...space, name: '' }) : placeOf(space);
}
