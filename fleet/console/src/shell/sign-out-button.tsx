import { IconLogout } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApp } from '../app/app-context.ts';
import { FaultNote } from '../components/fault-note.tsx';
import { texts } from '../locales/texts.ts';

/** Ends this session: at the foot of the navigation, and on a phone at the head of the own account. */
export function SignOutButton() {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => api.session.signOut({}),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
  });
  return (
    <>
      <button
        type="button"
        className="plain-control"
        aria-label={text('shell.signOut')}
        title={text('shell.signOut')}
        onClick={() => signOut.mutate()}
      >
        <IconLogout size={20} stroke={1.75} aria-hidden="true" />
      </button>
      <FaultNote error={signOut.error} />
    </>
  );
}
