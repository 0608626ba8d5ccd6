import { mayCall } from '@anteroom/shared/api/access.ts';
import { type PersonDetail, peopleRoutes } from '@anteroom/shared/api/people.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useRounds } from '../../components/use-rounds.ts';
import { texts } from '../../locales/texts.ts';
import { FactsList } from './facts-list.tsx';
import { PlaceSection } from './place-section.tsx';
import { RemovePerson } from './remove-person.tsx';
import { RoleFacts, RoleSection } from './role-section.tsx';
import { SignInSection } from './sign-in-section.tsx';
import './people.css';

const route = getRouteApi('/signedIn/people/$accountId');

/** One person of the organization: who they are, where they stand, and what they may do. */
export function PersonPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { accountId } = route.useParams();
  const { data: session } = useQuery(queries.session());
  const { data: person, error, refetch } = useQuery(queries.person(accountId));
  const { round, startAgain } = useRounds(refetch);
  if (!person || !session) {
    return error ? <FaultNote error={error} onRetry={refetch} /> : <p className="t2">{text('list.loading')}</p>;
  }
  return <PersonView key={`${accountId} ${round}`} person={person} session={session} onStartAgain={startAgain} />;
}

function PersonView({
  person,
  session,
  onStartAgain,
}: {
  person: PersonDetail;
  session: Session;
  onStartAgain: () => Promise<void>;
}) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const [isRemoving, setIsRemoving] = useState(false);
  const { id: accountId, name, phone, email, kind, mayManage, role } = person;
  const tagNow = () => api.tagOf(peopleRoutes.get, { accountId });
  // What the forms began with: others' changes are told apart from those that were saved here.
  const [tag, setTag] = useState(tagNow);
  const saved = async () => {
    await queryClient.invalidateQueries({ queryKey: ['people'] });
    setTag(tagNow());
  };
  const form = { person, tag, onSaved: saved, onStartAgain };
  const mayGive = mayCall(peopleRoutes.setRole.access, session) && mayManage;
  return (
    <div className="person">
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/people" className="link">
          {text('people.title')}
        </Link>
      </nav>
      <header className="page-head">
        <h1>{name}</h1>
        <span className="page-count">{text(`people.role.${role}`)}</span>
      </header>
      <FactsList
        facts={[
          [text('contacts.phone'), phone],
          [text('contacts.email'), email],
          [text('person.account'), text(`person.kind.${kind}`)],
        ]}
      />
      <p className="t2 person-hint">{text('person.ownFields')}</p>
      <div className="sections">
        {person.signIn && !person.signIn.hasPassword ? (
          <SignInSection person={person} signIn={person.signIn} onSent={saved} />
        ) : null}
        {mayManage ? <PlaceSection {...form} /> : <PlaceFacts person={person} session={session} />}
        {mayGive ? <RoleSection {...form} /> : <RoleFacts person={person} />}
        {mayManage ? (
          <section aria-labelledby="remove">
            <div className="section-head">
              <h2 id="remove">{text('person.remove')}</h2>
            </div>
            <p className="t2">{text(`person.removeWhat.${kind}`, { name })}</p>
            <div className="form-end">
              <Button variant="default" className="danger-outline" onClick={() => setIsRemoving(true)}>
                {text('person.removeOpen')}
              </Button>
            </div>
          </section>
        ) : null}
      </div>
      {isRemoving ? <RemovePerson person={person} onClose={() => setIsRemoving(false)} /> : null}
    </div>
  );
}

function PlaceFacts({ person, session }: { person: PersonDetail; session: Session }) {
  const text = texts.useText();
  const { department, position, sortNumber, remark } = person;
  const why = (): string => {
    if (person.role === 'defaultAdministrator') return text('person.readOnly.defaultAdministrator');
    if (!mayCall(peopleRoutes.update.access, session)) return text('person.readOnly.member');
    return text(person.role === 'administrator' ? 'person.readOnly.administrator' : 'person.readOnly.scope');
  };
  return (
    <section aria-labelledby="place">
      <div className="section-head">
        <h2 id="place">{text('person.place')}</h2>
      </div>
      <FactsList
        facts={[
          [text('people.department'), department?.name ?? text('people.noDepartment')],
          [text('people.position'), position],
          [text('departments.sortNumber'), String(sortNumber)],
          [text('contacts.remark'), remark],
        ]}
      />
      <p className="t2 person-hint">{why()}</p>
    </section>
  );
}
