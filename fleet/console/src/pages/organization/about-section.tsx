import { type Organization, organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import { SavedForm } from '../../components/saved-form.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { AboutFields, type AboutValues } from './about-fields.tsx';
import { useSaveOrganization, type Version } from './use-save.ts';

/** Name, industry, size, country and time zone. */
export function AboutSection({ organization, version }: { organization: Organization; version: Version }) {
  const text = texts.useText();
  const { name, industry, size, country, timeZone } = organization;
  const before: AboutValues = { name, industry, size, country, timeZone };
  const form = useFields(before);
  const save = useSaveOrganization(version);
  return (
    <SavedForm
      id="about"
      title={text('organization.about')}
      save={save}
      onStartAgain={version.startAgain}
      onSubmit={() => {
        const { values } = form;
        // An organization may say nothing yet of its size or country: what nobody touched is not asked for.
        const { size, country, ...always } = values;
        const given = { ...always, ...(size ? { size } : {}), ...(country ? { country } : {}) };
        const body = form.read(organizationRoutes.update.body, given);
        if (body) save.mutate(body);
      }}
    >
      <AboutFields values={form.values} isRefused={form.isRefused} set={form.set} />
    </SavedForm>
  );
}
