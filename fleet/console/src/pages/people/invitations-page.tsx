import { type Invitation, type InvitationState, invitationState } from '@anteroom/shared/api/invitations.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import { DirectoryTabs } from './directory-tabs.tsx';
import { InvitationActs } from './invitation-acts.tsx';
import './directory.css';
import './people.css';

const route = getRouteApi('/signedIn/people/invitations');

/** Invitations (邀请) and what became of them; those who accepted wait here for an administrator. */
export function InvitationsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/people/invitations' });
  const { q, cursor, state } = search;
  const result = useQuery(queries.invitations({ search: q, cursor, state }));
  const invite = <InviteButton />;
  return (
    <ListPage
      title={text('invite.title')}
      count={(count) => text('invite.count', { count })}
      action={invite}
      tabs={
        <>
          <DirectoryTabs />
          <StateFilter value={state} onChange={(chosen) => navigate({ search: { q, state: chosen } })} />
        </>
      }
      searchLabel={text('invite.search')}
      search={search}
      onSearch={(next) => navigate({ search: { ...next, state } })}
      result={result}
      empty={
        state ? (
          <p className="t2 list-none">{text('invite.noneSo', { state: text(`invite.state.${state}`) })}</p>
        ) : (
          <EmptyState title={text('invite.empty')} next={text('invite.emptyNext')} action={invite} />
        )
      }
    >
      {(items) => <InvitationsTable invitations={items} />}
    </ListPage>
  );
}

export function InviteButton() {
  const text = texts.useText();
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/people/invitations/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('invite.new')}
    </Button>
  );
}

const every = 'every';

function StateFilter({
  value,
  onChange,
}: {
  value: InvitationState | undefined;
  onChange: (state: InvitationState | undefined) => void;
}) {
  const text = texts.useText();
  return (
    <Select
      className="invitation-state"
      aria-label={text('invite.state')}
      data={[
        { value: every, label: text('invite.everyState') },
        ...invitationState.options.map((state) => ({ value: state, label: text(`invite.state.${state}`) })),
      ]}
      value={value ?? every}
      onChange={(chosen) => onChange(invitationState.options.find((state) => state === chosen))}
      allowDeselect={false}
    />
  );
}

function InvitationsTable({ invitations }: { invitations: readonly Invitation[] }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('people.name')}</th>
          <th scope="col">{text('people.department')}</th>
          <th scope="col">{text('invite.sent')}</th>
          <th scope="col">{text('invite.state')}</th>
          <th scope="col" className="end">
            {text('invite.acts')}
          </th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => {
          const { id, name, recipient, department, position, invitedBy, sentAt, expiresAt, state } = invitation;
          return (
            <tr key={id}>
              <td data-phone="line">
                <span className="block invitee">{name}</span>
                <span className="t2">{recipient}</span>
              </td>
              <td data-phone="none">
                {department?.name ?? <span className="t2">{text('people.noDepartment')}</span>}
                {position ? <span className="block t3">{position}</span> : null}
              </td>
              <td>
                {stamp(sentAt)}
                <span className="block t3">{text('invite.by', { name: invitedBy })}</span>
              </td>
              <td data-phone="end">
                <span className="state">{text(`invite.state.${state}`)}</span>
                {state === 'waiting' ? (
                  <span className="block t3">{text('invite.until', { when: stamp(expiresAt) })}</span>
                ) : null}
              </td>
              <td className="end" data-phone="line">
                <InvitationActs invitation={invitation} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
