/** Runs the tasks of one key in order, and those of different keys at the same time. */
export function createKeyedQueue<K>() {
  const tails = new Map<K, Promise<void>>();

  return {
    run<T>(key: K, task: () => Promise<T>): Promise<T> {
      const result = (tails.get(key) ?? Promise.resolve()).then(task);
      const tail = result.then(
        () => undefined,
        // The caller of `run` sees the failure; the next task runs all the same.
        () => undefined,
      );
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
    /** Resolves when every task that was given so far has ended. */
    async idle(): Promise<void> {
      await Promise.all(tails.values());
    },
  };
}
