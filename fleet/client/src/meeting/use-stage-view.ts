import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { useState } from 'react';
import { type Layout, layouts, type SelfView, selfViews } from './layout.ts';

/**
 * How one looks at the meeting. Layout and self view are remembered in this browser; whom one pinned and which page one
 * looks at live as long as the visit, so that they outlive a connection that is lost.
 */
export function useStageView() {
  const [layout, setLayout] = useRemembered<Layout>('anteroom.layout', layouts, 'gallery');
  const [selfView, setSelfView] = useRemembered<SelfView>('anteroom.self-view', selfViews, 'tile');
  const [pinnedId, setPinnedId] = useState<ParticipantId | null>(null);
  const [page, setPage] = useState(0);
  return {
    layout,
    setLayout: (next: Layout) => {
      setLayout(next);
      setPage(0);
    },
    selfView,
    setSelfView,
    pinnedId,
    /** Null to unpin. */
    pin: (participantId: ParticipantId | null) => {
      setPinnedId(participantId);
      setPage(0);
    },
    page,
    setPage,
  };
}

export type StageView = ReturnType<typeof useStageView>;

/** One of `choices`; whatever else stands in the browser's storage counts as `fallback`. */
function useRemembered<T extends string>(key: string, choices: readonly T[], fallback: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const stored = localStorage.getItem(key);
    return choices.find((choice) => choice === stored) ?? fallback;
  });
  return [
    value,
    (next) => {
      setValue(next);
      localStorage.setItem(key, next);
    },
  ];
}
