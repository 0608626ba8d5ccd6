import { joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import { localize } from '@anteroom/shared/text.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useEffect, useRef, useState } from 'react';
import { LevelMeter } from '../devices/level-meter.tsx';
import type { DoorApi } from '../door/door-api.ts';
import { Frame } from '../door/frame.tsx';
import { useLocalMedia, useMediaState } from '../media/media-context.tsx';
import { StreamVideo } from '../media/stream-video.tsx';
import { readerZone } from '../reader-zone.ts';
import './check.css';
import { CheckRow } from './check-row.tsx';
import { type CheckId, checkIds, type Finding, reportOf, summaryOf } from './findings.ts';
import { checkTexts } from './locales/texts.ts';
import type { Refused } from './meeting-door.ts';
import { type HeardQuestion, useChecks } from './use-checks.ts';

/** Why somebody cannot join, hear or be heard: real tests, one after the other, each in words with who can end it. */
export function CheckPage({
  doorApi,
  signalUrl,
  number,
  refused,
}: {
  doorApi: DoorApi;
  signalUrl: string;
  number: string | null;
  refused: Refused | null;
}) {
  const text = checkTexts.useText();
  const { language } = useLanguage();
  const localMedia = useLocalMedia();
  const { run, start, stop } = useChecks({
    ...{ localMedia, doorApi, signalUrl, number, refused, page: window },
    timeOf: (at) => formatTime(at, { language, timeZone: readerZone }),
    refusalWords: (reason) => localize(joinRefusalTexts[reason].text, language),
  });
  const isRunning = run.phase === 'running';
  return (
    <Frame>
      <main className="checks">
        <header className="checks-head">
          <h1>{text('title')}</h1>
          {run.phase === 'done' ? <Summary findings={run.findings} /> : <p className="lead">{text('lead')}</p>}
          <div className="checks-acts">
            {isRunning ? (
              <button type="button" className="button" onClick={stop}>
                {text('stop')}
              </button>
            ) : (
              <button type="button" className="button primary" onClick={start}>
                {text(run.phase === 'done' ? 'again' : 'start')}
              </button>
            )}
            {number === null ? null : (
              <a className="button" href={`/m/${number}`}>
                {text('toDoor')}
              </a>
            )}
            {run.phase === 'done' ? <CopyReport findings={run.findings} /> : null}
          </div>
        </header>
        <ol className="check-list">
          {checkIds.map((check) => (
            <CheckRow
              key={check}
              check={check}
              finding={run.findings.find((finding) => finding.check === check) ?? null}
              isCurrent={isRunning && run.current === check && !run.findings.some((finding) => finding.check === check)}
            >
              <Meanwhile check={check} question={run.question} />
            </CheckRow>
          ))}
        </ol>
      </main>
    </Frame>
  );
}

function Summary({ findings }: { findings: readonly Finding[] }) {
  const text = checkTexts.useText();
  const words = useRef<HTMLParagraphElement>(null);
  // The tests take half a minute: whoever does not look at the page hears that they are over.
  useEffect(() => words.current?.focus(), []);
  const { verdict, count } = summaryOf(findings);
  return (
    <p className="checks-summary" data-verdict={verdict} ref={words} tabIndex={-1} role="status">
      <b>{verdict === 'good' ? text('summary.good') : text(`summary.${verdict}`, { count })}</b>{' '}
      {verdict === 'good' ? null : text('summary.next')}
    </p>
  );
}

/** What the person does or sees while a test runs. */
function Meanwhile({ check, question }: { check: CheckId; question: HeardQuestion | null }) {
  const text = checkTexts.useText();
  const media = useMediaState();
  if (check === 'microphone')
    return (
      <>
        <p>{text('sayWords')}</p>
        <LevelMeter media={media} />
      </>
    );
  if (check === 'camera')
    return media.camera.isOn ? (
      <div className="check-picture">
        <StreamVideo stream={media.stream} isMirrored label={text('name.camera')} />
      </div>
    ) : null;
  if (check !== 'speaker' || question === null) return null;
  return (
    <div className="check-question">
      <p role="status">{text('speaker.ask')}</p>
      <button type="button" className="button primary" onClick={() => question.answer(true)}>
        {text('heard')}
      </button>
      <button type="button" className="button" onClick={() => question.answer(false)}>
        {text('unheard')}
      </button>
      <button type="button" className="text-button" onClick={question.playAgain}>
        {text('playAgain')}
      </button>
    </div>
  );
}

function CopyReport({ findings }: { findings: readonly Finding[] }) {
  const text = checkTexts.useText();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(reportOf(findings, { userAgent: navigator.userAgent, at: new Date() }));
    setIsCopied(true);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => copy().catch((error: unknown) => reportError(error))}>
        {text('copy')}
      </button>
      <span className="hint" role="status">
        {text(isCopied ? 'copied' : 'copy.note')}
      </span>
    </>
  );
}
