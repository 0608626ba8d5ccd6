import type { Organization } from '@anteroom/shared/api/organizations.ts';
import { organizationSettingsChange } from '@anteroom/shared/organization/settings.ts';
import { Checkbox, NumberInput } from '@mantine/core';
import { SavedForm } from '../../components/saved-form.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { useSaveOrganization, type Version } from './use-save.ts';

const choices = ['membersMayInvite', 'invitationNeedsApproval', 'hasTrialMeeting'] as const;

/** What the organization decides about invitations and new members. */
export function SettingsSection({ organization, version }: { organization: Organization; version: Version }) {
  const text = texts.useText();
  const { invitationDays, membersMayInvite, invitationNeedsApproval, hasTrialMeeting } = organization.settings;
  const form = useFields({ invitationDays, membersMayInvite, invitationNeedsApproval, hasTrialMeeting });
  const save = useSaveOrganization(version);
  return (
    <SavedForm
      id="settings"
      title={text('organization.settings')}
      save={save}
      onStartAgain={version.startAgain}
      onSubmit={() => {
        const settings = form.read(organizationSettingsChange, form.values);
        if (settings) save.mutate({ settings });
      }}
    >
      <NumberInput
        label={text('organization.invitationDays')}
        description={text('organization.invitationDaysHint')}
        value={form.values.invitationDays}
        onChange={(value) => form.set('invitationDays', typeof value === 'number' ? value : Number.NaN)}
        min={1}
        max={90}
        allowDecimal={false}
        clampBehavior="none"
        error={form.isRefused('invitationDays') ? text('organization.invitationDaysWrong') : undefined}
      />
      {choices.map((name) => (
        <Checkbox
          key={name}
          label={text(`organization.${name}`)}
          description={text(`organization.${name}Hint`)}
          checked={form.values[name]}
          onChange={(event) => form.set(name, event.target.checked)}
        />
      ))}
    </SavedForm>
  );
}
