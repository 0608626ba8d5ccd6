import { organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';

/** The version that the forms of the page were filled from; all of them change the same organization. */
export type Version = {
  tag: string | undefined;
  setTag: (tag: string | undefined) => void;
  /** Fills the forms anew, when somebody else was faster. */
  startAgain: () => Promise<void>;
};

/** Saves a change of the organization; its name and time zone stand in the session too. */
export function useSaveOrganization({ tag, setTag }: Version) {
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteBody<typeof organizationRoutes.update>) => api.organization.update({ body, tag }),
    onSuccess: async (organization) => {
      setTag(api.tagOf(organizationRoutes.get, {}));
      queryClient.setQueryData(queries.organization().queryKey, organization);
      await queryClient.invalidateQueries({ queryKey: queries.session().queryKey });
    },
  });
}
