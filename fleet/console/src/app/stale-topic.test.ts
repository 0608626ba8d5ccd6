import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { makeTopicStale } from './stale-topic.ts';

test('a change that is told while the first answer is under way is asked for after it', async () => {
  const queryClient = new QueryClient();
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()] as const;
  let asked = 0;
  const observer = new QueryObserver(queryClient, {
    queryKey: ['rings', 'own'],
    queryFn: () => answers[asked++ === 0 ? 0 : 1].promise,
  });
  const end = observer.subscribe(() => undefined);
  const stale = makeTopicStale(queryClient, 'rings');
  answers[0].resolve('nobody calls');
  answers[1].resolve('Lin Yuehan calls');
  await stale;
  expect(observer.getCurrentResult().data).toBe('Lin Yuehan calls');
  expect(asked).toBe(2);
  end();
});
