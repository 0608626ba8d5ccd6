import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApp } from '../../app/app-context.ts';

export type Act = (action: ControlAction, onDone?: () => void) => void;

/** Actions on the meeting. What they change comes with its stream; `error` is why the last one was refused. */
export function useControl(meetingId: MeetingId) {
  const { api } = useApp();
  const queryClient = useQueryClient();
  const { mutate, isPending, error, reset, variables } = useMutation({
    mutationFn: (action: ControlAction) => api.live.control({ params: { meetingId }, body: { action } }),
    async onSuccess(_none, { kind }) {
      // These two change the meeting itself.
      if (kind === 'extend' || kind === 'end') await queryClient.invalidateQueries({ queryKey: ['meetings'] });
    },
  });
  const act = useCallback<Act>(
    (action, onDone) => mutate(action, onDone ? { onSuccess: onDone } : undefined),
    [mutate],
  );
  return { act, busyWith: isPending ? variables.kind : null, error, forget: reset };
}
export type Control = ReturnType<typeof useControl>;
