import { assertNever } from '@anteroom/shared/assert-never.ts';
import { useEffect } from 'react';
import type { DoorApi } from './door/door-api.ts';
import { DoorPage } from './door/door-page.tsx';
import { EnteringPage } from './door/entering-page.tsx';
import { NoDoorPage } from './door/no-door-page.tsx';
import { OutPage } from './door/out-page.tsx';
import type { LocalMedia } from './media/local-media.ts';
import { MeetingPage } from './meeting/meeting-page.tsx';
import { useGuest } from './use-guest.ts';
import { useVisit } from './use-visit.ts';

/** The page of one meeting link, wherever the guest stands. `number` is null when the address holds none. */
export function App(deps: { number: string | null; doorApi: DoorApi; localMedia: LocalMedia; signalUrl: string }) {
  const guest = useGuest();
  const visit = useVisit({ ...deps, guest });
  const { stage, media } = visit;

  const subject = 'door' in stage ? stage.door.subject : null;
  useEffect(() => {
    document.title = subject ? `${subject} · Anteroom` : 'Anteroom';
  }, [subject]);

  if (deps.number === null) return <NoDoorPage obstacle={null} />;
  switch (stage.name) {
    case 'looking':
      return <NoDoorPage obstacle="looking" />;
    case 'noDoor':
      return <NoDoorPage obstacle={stage.obstacle} />;
    case 'door':
      return <DoorPage door={stage.door} obstacle={stage.obstacle} guest={guest} visit={visit} />;
    case 'entering':
      return <EnteringPage door={stage.door} held={stage.held} onCancel={visit.cancel} />;
    case 'in':
      return (
        <MeetingPage
          client={stage.client}
          hasGuide={stage.door.isTrial}
          media={media}
          onToggle={visit.toggle}
          onLeave={visit.leave}
        />
      );
    case 'out':
      return <OutPage door={stage.door} reason={stage.reason} onRejoin={visit.rejoin} />;
    default:
      return assertNever(stage);
  }
}
