import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { NewPasswordFields } from '../../components/new-password-fields.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { EntryForm } from '../sign-in/entry-form.tsx';
import { SignInFrame } from '../sign-in/sign-in-page.tsx';

const route = getRouteApi('/set-password/$token');

/** Where the link of somebody whom an administrator added leads: the first password, twice, which signs in. */
export function SetPasswordPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { token } = route.useParams();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useFields({ password: '', again: '' });
  const setPassword = useMutation({
    mutationFn: (body: { token: string; password: string }) => api.session.setPassword({ body }),
    onSuccess: async (session) => {
      // Somebody else may have been signed in here, whose things this person must not see.
      queryClient.clear();
      queryClient.setQueryData(queries.session().queryKey, session);
      await navigate({ to: '/' });
    },
  });
  return (
    <SignInFrame>
      <h1>{text('setPassword.title')}</h1>
      <p className="lead">{text('setPassword.lead')}</p>
      <EntryForm
        submit={text('reset.submit')}
        isPending={setPassword.isPending}
        error={setPassword.error}
        onSubmit={() => {
          const { password, again } = form.values;
          const differs = again === password ? [] : (['again'] as const);
          const body = form.read(sessionRoutes.setPassword.body, { token, password }, differs);
          if (body) setPassword.mutate(body);
        }}
        others={
          <>
            {setPassword.error ? (
              <Link to="/reset-password" className="link">
                {text('setPassword.byCode')}
              </Link>
            ) : null}
            <Link to="/sign-in" className="link">
              {text('setPassword.have')}
            </Link>
          </>
        }
      >
        <NewPasswordFields values={form.values} isRefused={form.isRefused} set={form.set} />
      </EntryForm>
    </SignInFrame>
  );
}
