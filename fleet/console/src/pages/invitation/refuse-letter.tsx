import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { texts } from '../../locales/texts.ts';

/** Says no for good, with an account or without. */
export function RefuseLetter({ token, organization }: { token: string; organization: string }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const refuse = useMutation({
    mutationFn: () => api.letters.refuse({ params: { token } }),
    onSuccess: (letter) => queryClient.setQueryData(queries.letter(token).queryKey, letter),
  });
  return (
    <>
      <button type="button" className="link" onClick={() => setIsAsked(true)}>
        {text('invitation.refuse')}
      </button>
      {isAsked ? (
        <Confirm
          title={text('invitation.refuseTitle')}
          act={text('invitation.refuseAct')}
          isBusy={refuse.isPending}
          error={refuse.error}
          onAct={() => refuse.mutate()}
          onClose={() => setIsAsked(false)}
        >
          <p>{text('invitation.refuseWhat', { organization })}</p>
        </Confirm>
      ) : null}
    </>
  );
}
