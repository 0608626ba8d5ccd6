import type { Account } from '@anteroom/shared/api/accounts.ts';
import type { IdentityProviderWords, LinkedIdentity } from '@anteroom/shared/api/identities.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { LinkDialog, UnlinkDialog } from './identity-dialogs.tsx';

type Row = { provider: IdentityProviderWords | null; identity: LinkedIdentity | undefined };
type Open = { link: IdentityProviderWords } | { unlink: LinkedIdentity };

/** Each provider of the installation with the identity that is linked, and what is linked to a provider that went. */
function rowsOf(providers: readonly IdentityProviderWords[], identities: readonly LinkedIdentity[]): Row[] {
  const known = providers.map((provider): Row => {
    return { provider, identity: identities.find((each) => each.provider?.id === provider.id) };
  });
  const gone = identities.filter(({ provider }) => provider === null);
  return [...known, ...gone.map((identity): Row => ({ provider: null, identity }))];
}

/** Identities elsewhere: to sign in with, and the billing identity (云账号). */
export function IdentitiesSection({ account }: { account: Account }) {
  const text = texts.useText();
  const { queries } = useApp();
  const providers = useQuery(queries.identityProviders());
  const identities = useQuery(queries.identities());
  const [open, setOpen] = useState<Open | null>(null);
  const error = providers.error ?? identities.error;
  const rows = rowsOf(providers.data?.items ?? [], identities.data?.items ?? []);
  const isThere = rows.length > 0;
  // The way back from a provider leads here by the address, before there is anything to scroll to.
  useEffect(() => {
    if (isThere && window.location.hash === '#identities') document.getElementById('identities')?.scrollIntoView();
  }, [isThere]);
  if (!isThere && !error) return null;
  return (
    <section aria-labelledby="identities">
      <div className="section-head">
        <h2 id="identities">{text('identities.title')}</h2>
      </div>
      <p className="account-lead">{text('identities.lead')}</p>
      {account.hasPassword ? null : <p className="account-lead">{text('account.passwordNone')}</p>}
      <FaultNote error={error} />
      <ul className="rows account-links">
        {rows.map((row) => (
          <IdentityRow
            key={row.provider?.id ?? row.identity?.id}
            row={row}
            isDisabled={!account.hasPassword}
            onOpen={setOpen}
          />
        ))}
      </ul>
      {open && 'link' in open ? <LinkDialog provider={open.link} onClose={() => setOpen(null)} /> : null}
      {open && 'unlink' in open ? <UnlinkDialog identity={open.unlink} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

function IdentityRow({
  row: { provider, identity },
  isDisabled,
  onOpen,
}: {
  row: Row;
  isDisabled: boolean;
  onOpen: (open: Open) => void;
}) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { stamp } = useWhen();
  const uses = (provider?.uses ?? []).map((use) => text(`identities.${use}`));
  const title = provider
    ? text('identities.of', {
        provider: provider.name[language],
        uses: new Intl.ListFormat(language, { style: 'narrow' }).format(uses),
      })
    : text('identities.gone', { issuer: identity?.issuer ?? '' });
  return (
    <li>
      <span className="grow">
        <span className="block">{title}</span>
        <span className="t3">
          {identity
            ? text('identities.linked', { label: identity.label, time: stamp(identity.linkedAt) })
            : text('identities.none')}
        </span>
      </span>
      {identity ? (
        <Button variant="default" size="compact-sm" disabled={isDisabled} onClick={() => onOpen({ unlink: identity })}>
          {text('identities.unlink')}
        </Button>
      ) : null}
      {provider && !identity ? (
        <Button variant="default" size="compact-sm" disabled={isDisabled} onClick={() => onOpen({ link: provider })}>
          {text('identities.link')}
        </Button>
      ) : null}
    </li>
  );
}
