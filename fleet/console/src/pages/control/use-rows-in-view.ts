import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';

/** Rows that are drawn above and below what is seen, so that a quick scroll and the next key find them. */
const around = 8;

export type RowsInView = { first: number; end: number };

/** Which of `count` rows of one height are near the window: only those are worth drawing. */
export function useRowsInView(list: RefObject<HTMLElement | null>, count: number, rowHeightPx: number): RowsInView {
  const [range, setRange] = useState<RowsInView>({ first: 0, end: around * 4 });

  const look = useCallback(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    const first = Math.max(0, Math.floor(-top / rowHeightPx) - around);
    const end = Math.min(count, Math.ceil((window.innerHeight - top) / rowHeightPx) + around);
    setRange((before) => (before.first === first && before.end === end ? before : { first, end }));
  }, [list, count, rowHeightPx]);

  useLayoutEffect(look, [look]);
  useEffect(() => {
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [look]);
  return range;
}
