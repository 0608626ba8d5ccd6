import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatStopwatch } from '@anteroom/ui/format/time.ts';
import { LightRail } from '@anteroom/ui/light/light-rail.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { useCallback, useState } from 'react';
import { ControlNotices } from '../control/control-notices.tsx';
import { LockMark, TimeLeftMark } from '../control/head-marks.tsx';
import { useParts } from '../control/parts-loader.tsx';
import { isAskedHowToLeave, SeatProvider } from '../control/seat.tsx';
import { texts } from '../locales/texts.ts';
import { usePip } from '../pip/use-pip.ts';
import { ShareBar, ShareNotices } from '../sharing/share-notices.tsx';
import { MeetingShortcuts } from '../shortcuts/meeting-shortcuts.tsx';
import type { JoinedState } from '../stage.ts';
import type { Visit } from '../use-visit.ts';
import { BoardStage } from '../whiteboard/board-stage.tsx';
import { Controls } from './controls.tsx';
import { Guide } from './guide.tsx';
import { Tiles } from './tiles.tsx';
import { ViewButton } from './view-button.tsx';
import { Voices } from './voices.tsx';
import { Watermark } from './watermark.tsx';

/** In the meeting: everybody's picture and sound, one's own, and how to leave. */
export function MeetingPage({
  client,
  hasGuide,
  visit,
}: {
  client: JoinedState;
  /** A trial meeting plays its guide. */
  hasGuide: boolean;
  visit: Visit;
}) {
  const text = texts.useText();
  const { media, control, view } = visit;
  const board = visit.board();
  const parts = useParts();
  const pip = usePip(client);
  const [isLeaving, setLeaving] = useState(false);
  const [blocked, setBlocked] = useState<ReadonlySet<HTMLMediaElement>>(new Set());
  const onBlocked = useCallback((voice: HTMLMediaElement) => {
    // Picture at once, sound after the next touch.
    setBlocked((before) => new Set([...before, voice]));
  }, []);
  const { roster, remotes, participantId } = client;
  const own = roster.find((entry) => entry.participantId === participantId) ?? null;
  const isAsked = isAskedHowToLeave(own);
  const leaveFromPip = () => {
    if (!isAsked) return visit.leave();
    // The question needs more room than the small window has: the browser brings the page to the front.
    setLeaving(true);
    window.focus();
  };

  return (
    <SeatProvider
      {...{ client, control, view, pip }}
      {...{ share: visit.share, network: visit.network(), toggle: visit.toggle }}
    >
      <div className="inside" data-people={control.panel ? '' : undefined}>
        <TimeLeft client={client} joinedAt={own?.joinedAt ?? client.meeting.startAt} />
        <main className="stage">
          {client.isReconnecting ? (
            <p className="banner" role="alert">
              {text('in.reconnecting')}
            </p>
          ) : null}
          {blocked.size > 0 ? (
            <p className="banner" role="alert">
              {text('in.soundBlocked')}{' '}
              <button
                type="button"
                className="button"
                onClick={() => {
                  for (const voice of blocked) voice.play().catch((error: unknown) => reportError(error));
                  setBlocked(new Set());
                }}
              >
                {text('in.soundOn')}
              </button>
            </p>
          ) : null}
          <ShareBar />
          <ControlNotices onAnswer={visit.answerAsk} />
          {board ? <BoardStage channel={board} /> : null}
          <ShareNotices />
          <Tiles media={media} onView={visit.tellView} />
          {client.talk.controls.hasWatermark ? <Watermark name={own?.name ?? ''} /> : null}
          {roster.length < 2 && !hasGuide ? <p className="alone-words t2">{text('in.alone')}</p> : null}
          {hasGuide ? <Guide /> : null}
        </main>
        <Voices remotes={remotes} content={client.content} onBlocked={onBlocked} />
        <Controls
          media={media}
          own={own}
          peopleCount={roster.length}
          hasPeople={control.panel === 'people'}
          onToggle={visit.toggle}
          onPeople={() => control.setPanel(control.panel === 'people' ? null : 'people')}
          onLeave={visit.leave}
        />
        <MeetingShortcuts visit={visit} />
        {parts && pip.open ? <parts.PipStage onLeave={leaveFromPip} /> : null}
        {parts && isLeaving && isAsked ? (
          <parts.LeaveMenu anchor={null} onLeave={visit.leave} onClose={() => setLeaving(false)} />
        ) : null}
        {parts && control.panel === 'people' ? <parts.PeoplePanel onClose={() => control.setPanel(null)} /> : null}
        {parts && control.panel === 'chat' ? <parts.ChatPanel onClose={() => control.setPanel(null)} /> : null}
      </div>
    </SeatProvider>
  );
}

/** As domain.md 2 has it: a warning five minutes before the end. */
const warnBeforeMs = 5 * 60_000;

/** Subject, time spent and time left, and the rail of light that shrinks with it. */
function TimeLeft({ client, joinedAt }: { client: JoinedState; joinedAt: string }) {
  const text = texts.useText();
  const duration = useDuration();
  const now = useNow(1000);
  const startMs = Date.parse(client.meeting.startAt);
  const endMs = Date.parse(client.meeting.endAt);
  const leftMs = endMs - now.getTime();
  const isEnding = leftMs > 0 && leftMs <= warnBeforeMs;
  return (
    <header className="inside-head">
      <LightRail left={leftMs / Math.max(1, endMs - startMs)} />
      <h1>{client.meeting.subject}</h1>
      <span className="t2 tabular in-for">
        {text('in.for', { time: formatStopwatch(now.getTime() - Date.parse(joinedAt)) })}
      </span>
      <TimeLeftMark
        words={leftMs <= 0 ? text('in.overtime') : text(isEnding ? 'in.ending' : 'in.left', { time: duration(leftMs) })}
        isEnding={isEnding}
      />
      <LockMark />
      <span className="grow" />
      <ViewButton />
    </header>
  );
}
