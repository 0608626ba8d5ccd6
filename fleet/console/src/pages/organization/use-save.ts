import type { organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';

/** Saves a change of the organization; its name and time zone stand in the session too. */
export function useSaveOrganization() {
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteBody<typeof organizationRoutes.update>) => api.organization.update({ body }),
    onSuccess: async (organization) => {
      queryClient.setQueryData(queries.organization().queryKey, organization);
      await queryClient.invalidateQueries({ queryKey: queries.session().queryKey });
    },
  });
}
