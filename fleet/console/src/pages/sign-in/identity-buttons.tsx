import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { keepReturnPath } from '../../app/return-path.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

/** A button for each identity provider that signs people in; most installations have none. */
export function IdentityButtons({ next }: { next: string | undefined }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { api, queries } = useApp();
  const providers = useQuery(queries.identityProviders());
  const begin = useMutation({
    mutationFn: (providerId: string) => api.identities.beginSignIn({ body: { providerId } }),
    onSuccess: ({ url }) => {
      keepReturnPath(next);
      window.location.assign(url);
    },
  });
  const shown = (providers.data?.items ?? []).filter(({ uses }) => uses.includes('signIn'));
  if (shown.length === 0) return null;
  return (
    <div className="stack sign-in-identities">
      <FaultNote error={begin.error} />
      {shown.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          size="md"
          // Not until the provider's page is there: whoever comes back from it finds this page as it was left.
          loading={begin.isPending && begin.variables === id}
          onClick={() => begin.mutate(id)}
        >
          {text('identity.with', { provider: name[language] })}
        </Button>
      ))}
    </div>
  );
}
