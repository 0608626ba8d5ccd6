import { useState } from 'react';

/** For a form that somebody else overtook: with each round, its key, it is filled again from what is there now. */
export function useRounds(refetch: () => Promise<unknown>) {
  const [round, setRound] = useState(0);
  const startAgain = () => refetch().then(() => setRound((before) => before + 1));
  return { round, startAgain };
}
