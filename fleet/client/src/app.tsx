import { assertNever } from '@anteroom/shared/assert-never.ts';
import { useEffect } from 'react';
import type { DoorApi } from './door/door-api.ts';
import { DoorPage } from './door/door-page.tsx';
import { EnteringPage } from './door/entering-page.tsx';
import { NoDoorPage } from './door/no-door-page.tsx';
import { OutPage } from './door/out-page.tsx';
import type { LocalMedia } from './media/local-media.ts';
import { MeetingPage } from './meeting/meeting-page.tsx';
import type { RecentMeetings } from './recent-meetings.ts';
import type { RingApi } from './ringing/ring-api.ts';
import { Ringing } from './ringing/ringing.tsx';
import { type Guest, useGuest } from './use-guest.ts';
import { useVisit, type Visit } from './use-visit.ts';

/** The page of one meeting link, wherever the guest stands. `number` is null when the address holds none. */
export function App(deps: {
  number: string | null;
  doorApi: DoorApi;
  ringApi: RingApi;
  localMedia: LocalMedia;
  signalUrl: string;
  recent: RecentMeetings;
}) {
  const guest = useGuest();
  const visit = useVisit({ ...deps, guest });
  const { stage } = visit;

  const subject = 'door' in stage ? stage.door.subject : null;
  useEffect(() => {
    document.title = subject ? `${subject} · Anteroom` : 'Anteroom';
  }, [subject]);

  const { number, ringApi, recent } = deps;
  const isIn = stage.name === 'in';
  useEffect(() => {
    if (isIn && number !== null && subject) recent.remember({ number, subject, joinedAt: new Date().toISOString() });
  }, [isIn, number, subject, recent]);
  const isKnown = 'door' in stage && stage.door.visitor !== null;
  return (
    <>
      <Ringing
        ringApi={ringApi}
        isKnown={isKnown}
        atDoor={stage.name === 'door' && number !== null ? { number, onJoin: visit.join } : null}
        inside={stage.name === 'entering' || stage.name === 'in' ? number : null}
      />
      {number === null ? <NoDoorPage obstacle={null} /> : <Stage visit={visit} guest={guest} />}
    </>
  );
}

function Stage({ visit, guest }: { visit: Visit; guest: Guest }) {
  const { stage } = visit;
  switch (stage.name) {
    case 'looking':
      return <NoDoorPage obstacle="looking" />;
    case 'noDoor':
      return <NoDoorPage obstacle={stage.obstacle} />;
    case 'door':
      return <DoorPage door={stage.door} obstacle={stage.obstacle} guest={guest} visit={visit} />;
    case 'entering':
      return <EnteringPage door={stage.door} held={stage.held} notice={stage.notice} onCancel={visit.cancel} />;
    case 'in':
      return <MeetingPage client={stage.client} hasGuide={stage.door.isTrial} visit={visit} />;
    case 'out':
      return <OutPage door={stage.door} reason={stage.reason} onRejoin={visit.rejoin} />;
    default:
      return assertNever(stage);
  }
}
