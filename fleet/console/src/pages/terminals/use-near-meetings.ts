import { mayCall } from '@anteroom/shared/api/access.ts';
import { type MeetingItem, meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';

/**
 * The nearest meetings of all cloud rooms; null for a reader who has no access to them. That is everybody too who manages
 * named departments: a room would look free to them while others meet in it.
 */
export function useNearMeetings(): readonly MeetingItem[] | null {
  const { queries } = useApp();
  const session = useQuery(queries.session()).data;
  const mayRead =
    session !== undefined && session.managedDepartments === null && mayCall(meetingRoutes.list.access, session);
  const meetings = useQuery({ ...queries.nearMeetings(), enabled: mayRead }).data?.items ?? [];
  return mayRead ? meetings : null;
}
