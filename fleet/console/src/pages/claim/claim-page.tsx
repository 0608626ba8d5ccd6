import { terminalId } from '@anteroom/shared/ids.ts';
import { pairingCode } from '@anteroom/shared/protocol/enrolment.ts';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { ClaimForm } from './claim-form.tsx';
import { ClaimProgress } from './claim-progress.tsx';
import './claim.css';

const route = getRouteApi('/signedIn/claim');

/** From a code on a screen to a terminal that reported its binding. The QR code on the screen leads here. */
export function ClaimPage() {
  const text = texts.useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const claimed = terminalId.safeParse(search.terminal);
  return (
    <div className="claim">
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/terminals" className="link">
          {text('nav.terminals')}
        </Link>
      </nav>
      {claimed.success ? (
        <ClaimProgress terminalId={claimed.data} />
      ) : (
        <>
          <header className="page-head">
            <h1>{text('claim.title')}</h1>
          </header>
          <CodeForm
            key={search.code ?? ''}
            code={search.code ?? ''}
            onCode={(code) => navigate({ search: { code } })}
          />
          {search.code ? (
            <Offer code={search.code} onClaimed={(terminal) => navigate({ search: { terminal }, replace: true })} />
          ) : null}
        </>
      )}
    </div>
  );
}

function CodeForm({ code, onCode }: { code: string; onCode: (code: string) => void }) {
  const text = texts.useText();
  const [typed, setTyped] = useState(spelled(code));
  const [isRefused, setIsRefused] = useState(code !== '' && !pairingCode.safeParse(code).success);
  return (
    <form
      className="claim-code"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const parsed = pairingCode.safeParse(typed);
        setIsRefused(!parsed.success);
        if (parsed.success) onCode(parsed.data);
      }}
    >
      <TextInput
        label={text('claim.code')}
        description={text('claim.codeWhere')}
        placeholder="ABCD-EFGH"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setIsRefused(false);
        }}
        error={isRefused ? text('claim.codeWrong') : undefined}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus={code === ''}
        maxLength={24}
        size="lg"
      />
      <Button type="submit" size="lg" variant={code ? 'default' : 'filled'}>
        {text('claim.lookUp')}
      </Button>
    </form>
  );
}

/** `ABCD-EFGH`, as the terminal's screen writes it; what is no code stays as it was typed. */
function spelled(code: string): string {
  const parsed = pairingCode.safeParse(code);
  return parsed.success ? `${parsed.data.slice(0, 4)}-${parsed.data.slice(4)}` : code;
}

function Offer({ code, onClaimed }: { code: string; onClaimed: (terminalId: string) => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const parsed = pairingCode.safeParse(code);
  const {
    data: offer,
    error,
    refetch,
    isFetching,
  } = useQuery({
    queryKey: ['pairing', code],
    queryFn: ({ signal }) => api.terminals.lookUpCode({ body: { code }, signal }),
    enabled: parsed.success,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (!parsed.success) return null;
  if (error) return <FaultNote error={error} onRetry={() => refetch()} />;
  if (!offer) return isFetching ? <p className="t2">{text('claim.looking')}</p> : null;
  return <ClaimForm code={parsed.data} offer={offer} onClaimed={onClaimed} />;
}
