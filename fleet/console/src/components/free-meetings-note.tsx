import { mayCall } from '@anteroom/shared/api/access.ts';
import { myMeetingRoutes } from '@anteroom/shared/api/my-meetings.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../app/app-context.ts';
import { texts } from '../locales/texts.ts';

/** Says before a personal user comes to belong to an organization that this cancels what they have planned. */
export function FreeMeetingsNote({ session }: { session: Session }) {
  const text = texts.useText();
  const { queries } = useApp();
  const isPersonal = session.role === 'personal' && mayCall(myMeetingRoutes.list.access, session);
  const coming = useQuery({ ...queries.myMeetings({ when: 'upcoming' }), enabled: isPersonal }).data?.total ?? 0;
  if (!isPersonal || coming === 0) return null;
  return (
    <p className="note" data-kind="lamp">
      {text('organization.freeMeetings', { count: coming })}
    </p>
  );
}
