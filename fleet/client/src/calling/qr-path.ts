/** A code's dark modules as one path of an SVG, a unit each: runs of a row are drawn as one. */
export function pathOf({ size, isDark }: { size: number; isDark: (row: number, column: number) => boolean }): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = column;
      while (column < size && isDark(row, column)) column++;
      if (column > from) runs.push(`M${from} ${row}h${column - from}v1h-${column - from}z`);
    }
  }
  return runs.join('');
}
