import { mayCall } from '@anteroom/shared/api/access.ts';
import { closingRoutes } from '@anteroom/shared/api/closing.ts';
import { type Organization, organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useRounds } from '../../components/use-rounds.ts';
import { texts } from '../../locales/texts.ts';
import { AboutSection } from './about-section.tsx';
import { countriesIn } from './countries.ts';
import { HandOverSection } from './hand-over-section.tsx';
import { OrdersSection } from './orders-section.tsx';
import { SettingsSection } from './settings-section.tsx';
import './organization.css';

/** What the own organization is and decides: to be changed by whoever may, and read by everybody else in it. */
export function OrganizationPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: session } = useQuery(queries.session());
  const { data: organization, error, refetch, isPending } = useQuery(queries.organization());
  const { round, startAgain } = useRounds(refetch);
  const mayChange = session !== undefined && mayCall(organizationRoutes.update.access, session);
  return (
    <>
      <header className="page-head">
        <h1>{organization?.kind === 'company' ? organization.name : text('organization.title')}</h1>
      </header>
      <FaultNote error={error} onRetry={refetch} />
      {isPending && !error ? <p className="t2">{text('list.loading')}</p> : null}
      {organization?.kind === 'personal' ? (
        <>
          <p className="lead">{text('organization.none')}</p>
          <Link to="/organization/new" className="link">
            {text('organization.create')}
          </Link>
        </>
      ) : null}
      {organization?.kind === 'company' && session ? (
        <div className="sections organization">
          {mayChange ? (
            <EditSections key={round} organization={organization} onStartAgain={startAgain} />
          ) : (
            <FactsSection organization={organization} />
          )}
          {mayCall(organizationRoutes.handOver.access, session) ? <HandOverSection ownId={session.account.id} /> : null}
          {mayCall(closingRoutes.get.access, session) ? (
            <section aria-labelledby="closing">
              <div className="section-head">
                <h2 id="closing">{text('closing.title')}</h2>
              </div>
              <p className="t2">{text('closing.whatEnds')}</p>
              <Link to="/organization/closing" className="link">
                {text('organization.toClosing')}
              </Link>
            </section>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

function EditSections({
  organization,
  onStartAgain,
}: {
  organization: Organization;
  onStartAgain: () => Promise<void>;
}) {
  const { api } = useApp();
  const [tag, setTag] = useState(() => api.tagOf(organizationRoutes.get, {}));
  const version = { tag, setTag, startAgain: onStartAgain };
  return (
    <>
      <AboutSection organization={organization} version={version} />
      <SettingsSection organization={organization} version={version} />
      <OrdersSection organization={organization} version={version} />
    </>
  );
}

function FactsSection({ organization }: { organization: Organization }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { industry, size, country, timeZone, defaultAdministrator } = organization;
  const countryName = countriesIn(language).find(({ value }) => value === country)?.label;
  const facts = [
    [text('organization.industry'), industry],
    [text('organization.size'), size && text('organization.people', { range: size })],
    [text('organization.country'), countryName],
    [text('field.timeZone'), timeZone],
    [text('organization.defaultAdministrator'), defaultAdministrator?.name],
  ] as const;
  return (
    <section aria-labelledby="about">
      <div className="section-head">
        <h2 id="about">{text('organization.about')}</h2>
      </div>
      <dl className="facts">
        {facts.map(([label, fact]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{fact || text('organization.unsaid')}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="t2">{text('organization.readOnly')}</p>
    </section>
  );
}
