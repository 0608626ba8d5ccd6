import { useCallback, useEffect, useRef, useState } from 'react';
import type { LocalMedia } from '../media/local-media.ts';
import { createDeviceChecks } from './device-checks.ts';
import type { CheckId, Finding } from './findings.ts';
import { createNetworkChecks, type NetworkCheckDeps } from './network-checks.ts';
import { runChecks } from './run-checks.ts';

/** The question whether the speaker is heard, while it is open. */
export type HeardQuestion = { answer: (isHeard: boolean) => void; playAgain: () => void };
export type CheckRun = {
  phase: 'ready' | 'running' | 'done';
  current: CheckId | null;
  findings: readonly Finding[];
  question: HeardQuestion | null;
};

const ready: CheckRun = { phase: 'ready', current: null, findings: [], question: null };

/** Runs the tests when asked, and lets go of camera and microphone afterwards. */
export function useChecks(deps: NetworkCheckDeps & { localMedia: LocalMedia }) {
  const [run, setRun] = useState<CheckRun>(ready);
  const running = useRef<AbortController | null>(null);
  const latest = useRef(deps);
  useEffect(() => {
    latest.current = deps;
  });
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    latest.current.localMedia.stop();
  }, []);
  useEffect(() => stop, [stop]);

  const start = async () => {
    stop();
    const own = new AbortController();
    const { signal } = own;
    running.current = own;
    setRun({ ...ready, phase: 'running' });
    const askHeard = (playAgain: () => void, options: { signal: AbortSignal }) =>
      new Promise<boolean>((resolve, reject) => {
        const close = () => setRun((before) => ({ ...before, question: null }));
        options.signal.addEventListener('abort', () => {
          close();
          reject(options.signal.reason);
        });
        setRun((before) => ({ ...before, question: { answer: resolve, playAgain } }));
      });
    const { localMedia } = latest.current;
    const checks = {
      ...createDeviceChecks({ localMedia, page: window, askHeard }),
      ...createNetworkChecks(latest.current),
    };
    const on = {
      begin: (current: CheckId) => setRun((before) => ({ ...before, current })),
      find: (finding: Finding) => setRun((before) => ({ ...before, findings: [...before.findings, finding] })),
    };
    try {
      await runChecks(checks, on, { signal });
      stop();
      setRun((before) => ({ ...before, phase: 'done', current: null }));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };

  return {
    run,
    start: () => {
      start().catch((error: unknown) => reportError(error));
    },
    stop: () => {
      stop();
      setRun(ready);
    },
  };
}
