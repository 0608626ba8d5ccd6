import { mayCall } from '@anteroom/shared/api/access.ts';
import { organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { readerZone } from '../../app/use-when.ts';
import { FormPage } from '../../components/form-page.tsx';
import { FreeMeetingsNote } from '../../components/free-meetings-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { AboutFields } from './about-fields.tsx';

/** A personal user creates an organization (创建企业) and becomes its default administrator. */
export function NewOrganizationPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: session } = useQuery(queries.session());
  if (!session) return null;
  if (mayCall(organizationRoutes.create.access, session)) return <NewOrganizationForm session={session} />;
  return (
    <>
      <h1>{text('organization.new')}</h1>
      <p className="lead">{text('organization.one', { organization: session.organization.name })}</p>
      <Link to="/organization" className="link">
        {text('organization.title')}
      </Link>
    </>
  );
}

function NewOrganizationForm({ session }: { session: Session }) {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const form = useFields({ name: '', industry: '', size: '', country: '', timeZone: readerZone });
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof organizationRoutes.create>) =>
      api.organization.create({ body, key: keyOf(body) }),
    onSuccess: async () => {
      // The role is another now, and with it everything that this account may see.
      await queryClient.invalidateQueries();
      await navigate({ to: '/organization' });
    },
  });
  return (
    <FormPage
      crumb={
        <Link to="/account" className="link">
          {text('account.title')}
        </Link>
      }
      title={text('organization.new')}
      error={create.error}
      submit={text('organization.create')}
      isPending={create.isPending}
      cancel={(props) => <Link to="/" {...props} />}
      onSubmit={() => {
        const body = form.read(organizationRoutes.create.body, form.values);
        if (body) create.mutate(body);
      }}
    >
      <p className="t2">{text('organization.newLead')}</p>
      <FreeMeetingsNote session={session} />
      <AboutFields values={form.values} isRefused={form.isRefused} set={form.set} />
    </FormPage>
  );
}
