/** The keys of the panel's own keyboard: what names, room names and phone numbers are typed with. */
export const keyRows: readonly (readonly string[])[] = [
  ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
  ['q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p'],
  ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', '-'],
  ['+', 'z', 'x', 'c', 'v', 'b', 'n', 'm', '.'],
];

/** A search compares without case, so one size of letters is enough. Takes whole characters, whatever typed them. */
export function press(typed: string, key: string, { longest }: { longest: number }): string {
  return typed.length + key.length > longest ? typed : typed + key;
}

export function takeBack(typed: string): string {
  return Array.from(typed).slice(0, -1).join('');
}
