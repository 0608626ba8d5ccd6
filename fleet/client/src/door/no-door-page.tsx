import { Door } from '@anteroom/ui/door/door.tsx';
import { useProblemSentence } from '@anteroom/ui/text/problem-text.tsx';
import { texts } from '../locales/texts.ts';
import type { Obstacle } from '../stage.ts';
import { Frame } from './frame.tsx';

/** Before the door is found, or when there is none. `null`: the address holds no meeting number. */
export function NoDoorPage({ obstacle }: { obstacle: Obstacle | 'looking' | null }) {
  const text = texts.useText();
  const sentence = useProblemSentence();
  const isLooking = obstacle === 'looking';
  const isNoAnswer = obstacle !== null && obstacle !== 'looking' && obstacle.kind === 'noAnswer';
  const problem = obstacle !== null && obstacle !== 'looking' && obstacle.kind === 'problem' ? obstacle.problem : null;
  return (
    <Frame>
      <main className="alone">
        <div className="alone-door" aria-hidden="true">
          <Door opening={0} isHeld={isLooking} className="door-small" />
        </div>
        <div role="status">
          {isLooking ? <p className="t2">{text('loading')}</p> : null}
          {isNoAnswer ? (
            <>
              <h1>{text('noAnswer.title')}</h1>
              <p className="lead">{text('noAnswer.next')}</p>
            </>
          ) : null}
          {!isLooking && !isNoAnswer ? (
            <>
              <h1>{text('noDoor.title')}</h1>
              {problem && problem.code !== 'meeting_unknown' ? <p className="lead">{sentence(problem)}</p> : null}
              <p className="lead">{text('noDoor.next')}</p>
            </>
          ) : null}
          {isLooking ? null : (
            <p className="ways">
              <a href="/m/">{text('start.link')}</a>
              <a href="/m/check">{text('check.link')}</a>
            </p>
          )}
        </div>
      </main>
    </Frame>
  );
}
