/** A room and where it is, in one line: `Cedar · Shanghai · 3`. */
export function placeOf(space: { name: string; site: string; floor: string }): string {
  return [space.name, space.site, space.floor].filter(Boolean).join(' · ');
}
