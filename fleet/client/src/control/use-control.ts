import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { Find } from '@anteroom/ui/calling/use-search.ts';
import { useCallback, useEffect, useState } from 'react';
import { unreadCount } from '../chat/message-text.ts';
import type { JoinedState } from '../stage.ts';

export type PanelName = 'people' | 'chat';
export type Request = (action: ControlAction) => Promise<ControlRefusal | null>;

/**
 * What the guest does to the meeting and says in it, and why something was not done. It lives as long as the visit: panels
 * and half-written words outlive a connection that is lost.
 */
export function useControl(request: Request, find: Find, joined: JoinedState | null) {
  const [refusal, setRefusal] = useState<ControlRefusal | null>(null);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const [draft, setDraft] = useState('');
  /** The last message that was on screen; null before the first look at the meeting. */
  const [readId, setReadId] = useState<number | null>(null);

  const act = useCallback(
    async (action: ControlAction): Promise<boolean> => {
      const answer = await request(action);
      setRefusal(answer);
      return answer === null;
    },
    [request],
  );
  const dismiss = useCallback(() => setRefusal(null), []);

  // What was said before one came counts as read: it is history.
  const lastId = joined ? (joined.talk.chat.at(-1)?.id ?? 0) : null;
  useEffect(() => {
    if (lastId !== null && (readId === null || panel === 'chat')) setReadId(lastId);
  }, [lastId, readId, panel]);

  return {
    request,
    find,
    /** Does it, and shows the refusal when it is refused. */
    act,
    refusal,
    refuse: setRefusal,
    dismiss,
    panel,
    setPanel,
    draft,
    setDraft,
    unread: joined ? unreadCount(joined.talk.chat, readId, joined.participantId) : 0,
  };
}

export type Control = ReturnType<typeof useControl>;
