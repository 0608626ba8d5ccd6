/** Timers of one thing, which do nothing once it is over and can be stopped together. */
export function createTimers({ isOver }: { isOver: () => boolean }) {
  const running = new Set<ReturnType<typeof setTimeout>>();
  return {
    later(delayMs: number, action: () => void): void {
      const timer = setTimeout(() => {
        running.delete(timer);
        if (!isOver()) action();
      }, delayMs);
      running.add(timer);
    },
    clear(): void {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
