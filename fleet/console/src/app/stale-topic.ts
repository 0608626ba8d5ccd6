import type { QueryClient } from '@tanstack/react-query';

/** Has every query of a topic of GET /api/v1/changes asked again. */
export async function makeTopicStale(queryClient: QueryClient, topic: string): Promise<void> {
  const queryKey = [topic];
  // A first answer that is under way may be older than the change, and to make its query stale asks for no second one.
  const isFirst = queryClient.isFetching({ queryKey, predicate: ({ state }) => state.data === undefined }) > 0;
  await queryClient.invalidateQueries({ queryKey });
  if (isFirst) await queryClient.invalidateQueries({ queryKey });
}
