import { type PersonDetail, peopleRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { type Permission, permissions } from '@anteroom/shared/identity/roles.ts';
import type { DepartmentId } from '@anteroom/shared/ids.ts';
import { Checkbox, MultiSelect, Radio, TagsInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { SavedForm } from '../../components/saved-form.tsx';
import { useClosingList } from '../../components/use-closing-list.ts';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { inTreeOrder } from './department-rows.ts';
import { pathOf } from './department-select.tsx';
import { FactsList } from './facts-list.tsx';
import type { PersonForm } from './place-section.tsx';

const givenRoles = ['member', 'administrator', 'fieldEngineer'] as const;
type GivenRole = (typeof givenRoles)[number];

/** Everything that could be given, so that a role that is tried and left keeps what was typed. */
type RoleValues = {
  role: GivenRole;
  permissions: Permission[];
  isWhole: boolean;
  managedDepartments: DepartmentId[];
  sites: string[];
};

function toBody(values: RoleValues): unknown {
  const { role, sites, isWhole, managedDepartments } = values;
  switch (role) {
    case 'member':
      return { role };
    case 'administrator':
      return { role, permissions: values.permissions, managedDepartments: isWhole ? null : managedDepartments };
    case 'fieldEngineer':
      return { role, sites };
  }
}

/** What somebody may do, given by the default administrator. */
export function RoleSection({ person, tag, onSaved, onStartAgain }: PersonForm) {
  const text = texts.useText();
  const { api } = useApp();
  const form = useFields<RoleValues>({
    role: givenRoles.find((role) => role === person.role) ?? 'member',
    permissions: person.permissions,
    isWhole: person.managedDepartments === null,
    managedDepartments: person.managedDepartments ?? [],
    sites: person.sites,
  });
  const save = useMutation({
    mutationFn: (body: RouteBody<typeof peopleRoutes.setRole>) =>
      api.people.setRole({ params: { accountId: person.id }, body, tag }),
    onSuccess: onSaved,
  });
  const { values, set } = form;
  return (
    <SavedForm
      id="role"
      title={text('people.role')}
      save={save}
      onStartAgain={onStartAgain}
      onSubmit={() => {
        const body = form.read(peopleRoutes.setRole.body, toBody(values));
        if (body) save.mutate(body);
      }}
    >
      <Radio.Group
        aria-labelledby="role"
        value={values.role}
        onChange={(value) => set('role', givenRoles.find((role) => role === value) ?? 'member')}
      >
        <div className="choices">
          {givenRoles.map((role) => (
            <Radio
              key={role}
              value={role}
              label={text(`people.role.${role}`)}
              description={text(`person.roleMay.${role}`)}
            />
          ))}
        </div>
      </Radio.Group>
      {values.role === 'administrator' ? <PermissionFields {...form} /> : null}
      {values.role === 'fieldEngineer' ? <SitesField {...form} /> : null}
    </SavedForm>
  );
}

type RoleFields = Pick<ReturnType<typeof useFields<RoleValues>>, 'values' | 'set' | 'isRefused'>;

function PermissionFields({ values, set, isRefused }: RoleFields) {
  const text = texts.useText();
  const list = useClosingList();
  const { queries } = useApp();
  const rows = inTreeOrder(useQuery(queries.departments()).data?.items ?? []);
  return (
    <>
      <Checkbox.Group
        label={text('person.permissions')}
        value={values.permissions}
        onChange={(chosen) =>
          set(
            'permissions',
            permissions.filter((permission) => chosen.includes(permission)),
          )
        }
        error={isRefused('permissions') ? text('person.permissionsWrong') : undefined}
      >
        <div className="choices">
          {permissions.map((permission) => (
            <Checkbox
              key={permission}
              value={permission}
              label={text(`person.permission.${permission}`)}
              description={text(`person.permissionMay.${permission}`)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Radio.Group
        label={text('person.scope')}
        description={text('person.scopeHint')}
        value={values.isWhole ? 'whole' : 'departments'}
        onChange={(value) => set('isWhole', value === 'whole')}
      >
        <div className="choices">
          <Radio value="whole" label={text('person.scopeWhole')} />
          <Radio value="departments" label={text('person.scopeDepartments')} />
        </div>
      </Radio.Group>
      {values.isWhole ? null : (
        <MultiSelect
          {...list}
          label={text('departments.title')}
          data={rows.map((row) => ({ value: row.id, label: pathOf(row) }))}
          limit={100}
          value={values.managedDepartments}
          onChange={(chosen) =>
            set(
              'managedDepartments',
              rows.map(({ id }) => id).filter((id) => chosen.includes(id)),
            )
          }
          searchable
          nothingFoundMessage={text('picker.none')}
          error={isRefused('managedDepartments') ? text('person.scopeWrong') : undefined}
        />
      )}
    </>
  );
}

/** Sites have no rows of their own: they are what rooms say of where they are. */
function SitesField({ values, set, isRefused }: RoleFields) {
  const text = texts.useText();
  const list = useClosingList();
  const { queries } = useApp();
  const spaces = useQuery(queries.spaces({})).data?.items ?? [];
  const known = [...new Set(spaces.map(({ site }) => site).filter(Boolean))].sort();
  return (
    <TagsInput
      {...list}
      label={text('person.sites')}
      description={text('person.sitesHint')}
      data={known}
      value={values.sites}
      onChange={(sites) => set('sites', sites)}
      error={isRefused('sites') ? text('person.sitesWrong') : undefined}
    />
  );
}

/** The same for whoever cannot give roles. */
export function RoleFacts({ person }: { person: PersonDetail }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { role, managedDepartments, sites } = person;
  const rows = inTreeOrder(useQuery(queries.departments()).data?.items ?? []);
  const named = rows.filter(({ id }) => managedDepartments?.includes(id)).map(pathOf);
  const granted = person.permissions.map((permission) => text(`person.permission.${permission}`));
  const join = text('person.join');
  return (
    <section aria-labelledby="role">
      <div className="section-head">
        <h2 id="role">{text('people.role')}</h2>
      </div>
      <FactsList
        facts={[
          [text('people.role'), text(`people.role.${role}`)],
          ...(role === 'administrator'
            ? ([
                [text('person.permissions'), granted.join(join)],
                [text('person.scope'), managedDepartments === null ? text('person.scopeWhole') : named.join(join)],
              ] as const)
            : []),
          ...(role === 'fieldEngineer' ? ([[text('person.sites'), sites.join(join)]] as const) : []),
        ]}
      />
      <p className="t2 person-hint">
        {text(role === 'defaultAdministrator' ? 'person.roleHandedOver' : 'person.roleReadOnly')}
      </p>
    </section>
  );
}
