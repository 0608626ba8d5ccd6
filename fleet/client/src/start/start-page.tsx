import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useState } from 'react';
import { Frame } from '../door/frame.tsx';
import { readerZone } from '../reader-zone.ts';
import type { RecentMeetings } from '../recent-meetings.ts';
import type { RingApi } from '../ringing/ring-api.ts';
import { Ringing } from '../ringing/ringing.tsx';
import { groupDigits } from './group-digits.ts';
import { InstallOffer } from './install-offer.tsx';
import { startTexts } from './locales/texts.ts';
import { NextDoor } from './next-door.tsx';
import { NumberForm } from './number-form.tsx';
import type { OwnApi } from './own-api.ts';
import { RecentList } from './recent-list.tsx';
import './start.css';
import { todaysMeetings } from './today.ts';
import { TodayList } from './today-list.tsx';
import { useOwn } from './use-own.ts';

/** The soft client without a meeting: a number to type, the meetings of before, and those of whoever is signed in. */
export function StartPage({ ownApi, ringApi, recent }: { ownApi: OwnApi; ringApi: RingApi; recent: RecentMeetings }) {
  const text = startTexts.useText();
  const state = useOwn(ownApi);
  const now = useNow(1000);
  const own = state.name === 'own' ? state.own : null;
  const today = own ? todaysMeetings(own.meetings, now, readerZone) : [];
  const go = (number: string) => location.assign(`/m/${number}`);
  return (
    <>
      <Ringing ringApi={ringApi} isKnown={own !== null} atDoor={null} inside={null} />
      <Frame>
        <main className="start">
          <div className="start-words">
            <h1>{text('title')}</h1>
            {own ? <p className="lead">{text('signedIn', { name: own.name })}</p> : null}
            {state.name === 'guest' ? (
              <p className="lead">
                <a href="/sign-in">{text('signIn')}</a> {text('signInNext')}
              </p>
            ) : null}
            {state.name === 'noAnswer' ? (
              <p className="lead" role="status">
                {text('noAnswer')}
              </p>
            ) : null}
            <NumberForm onGo={go} />
          </div>
          <div className="start-door">
            <NextDoor
              meeting={today.find(({ isJoinable }) => isJoinable) ?? null}
              isGuest={own === null}
              now={now}
              onGo={go}
            />
          </div>
          <div className="start-lists">
            {own ? <TodayList meetings={today} /> : null}
            {own?.personalNumber ? <PersonalNumber number={own.personalNumber} /> : null}
            <RecentList recent={recent} />
            <InstallOffer />
          </div>
        </main>
      </Frame>
    </>
  );
}

function PersonalNumber({ number }: { number: string }) {
  const text = startTexts.useText();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.origin}/m/${number}`);
    setIsCopied(true);
  };
  return (
    <section className="start-list" aria-labelledby="personal">
      <h2 id="personal">{text('personal')}</h2>
      <ul>
        <li>
          <span className="start-what">
            <b className="tabular">{groupDigits(number)}</b>
            <span className="t2" role="status">
              {text(isCopied ? 'copied' : 'personalNext')}
            </span>
          </span>
          <button
            type="button"
            className="small-button"
            onClick={() => copy().catch((error: unknown) => reportError(error))}
          >
            {text('copy')}
          </button>
        </li>
      </ul>
    </section>
  );
}
