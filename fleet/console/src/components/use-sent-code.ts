import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

/** A code that a message brings: the way to send it, and when it was sent on the clock's monotonic time (ms), or null. */
export function useSentCode<B = void>(sendCode: (body: B) => Promise<unknown>) {
  const clock = useClock();
  const [sentAtMs, setSentAtMs] = useState<number | null>(null);
  const send = useMutation({ mutationFn: sendCode, onSuccess: () => setSentAtMs(clock.monotonicMs()) });
  const forget = () => {
    setSentAtMs(null);
    send.reset();
  };
  return { sentAtMs, send, forget };
}
