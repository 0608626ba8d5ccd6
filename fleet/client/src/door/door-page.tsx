import { doorRoutes, type MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { type FormEvent, useRef, useState } from 'react';
import { DeviceFields } from '../devices/device-fields.tsx';
import { texts } from '../locales/texts.ts';
import { checkAddress } from '../place.ts';
import type { Obstacle } from '../stage.ts';
import type { Guest } from '../use-guest.ts';
import type { Visit } from '../use-visit.ts';
import { Doorway } from './doorway.tsx';
import { Field } from './field.tsx';
import { Frame } from './frame.tsx';
import { ObstacleNote } from './obstacle-note.tsx';
import { Preview } from './preview.tsx';
import { useMeetingWords } from './use-meeting-words.ts';

const nameSchema = doorRoutes.enter.body.shape.name;

/** Before joining: the meeting, how one will be seen and heard, and the door. */
export function DoorPage({
  door,
  obstacle,
  guest,
  visit,
}: {
  door: MeetingDoor;
  obstacle: Obstacle | null;
  guest: Guest;
  visit: Visit;
}) {
  const text = texts.useText();
  const { when, own } = useMeetingWords(door);
  const [wrong, setWrong] = useState<'name' | 'password' | null>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const canMeet = door.state === 'scheduled' || door.state === 'live';

  const join = () => {
    if (!door.visitor && !nameSchema.safeParse(guest.name).success) {
      setWrong('name');
      nameField.current?.focus();
      return;
    }
    if (door.needsPassword && guest.password === '') {
      setWrong('password');
      passwordField.current?.focus();
      return;
    }
    visit.join();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    join();
  };

  return (
    <Frame>
      <main className="before">
        <header className="before-head">
          <h1>{door.subject}</h1>
          <p className="lead tabular">
            {[when, own, text('door.hosts', { name: door.organizerName }), door.roomName].filter(Boolean).join(' · ')}
          </p>
        </header>
        {canMeet ? (
          <>
            <Preview media={visit.media} name={door.visitor?.name ?? guest.name} onToggle={visit.toggle} />
            <form className="fields" noValidate onSubmit={submit}>
              {door.visitor ? (
                <p className="visitor">{text('door.visitor', { name: door.visitor.name })}</p>
              ) : (
                <Field
                  id="name"
                  label={text('name.label')}
                  wrong={wrong === 'name' ? text('name.wrong') : null}
                  field={nameField}
                  autoComplete="name"
                  placeholder={text('name.placeholder')}
                  maxLength={80}
                  value={guest.name}
                  onChange={(event) => {
                    setWrong(null);
                    guest.setName(event.target.value);
                  }}
                />
              )}
              {door.needsPassword ? (
                <Field
                  id="password"
                  label={text('password.label')}
                  wrong={wrong === 'password' ? text('password.wrong') : null}
                  field={passwordField}
                  type="password"
                  autoComplete="off"
                  maxLength={32}
                  value={guest.password}
                  onChange={(event) => {
                    setWrong(null);
                    guest.setPassword(event.target.value);
                  }}
                />
              ) : null}
            </form>
          </>
        ) : null}
        <div className="before-door">
          <Doorway door={door} media={visit.media} onJoin={join} />
          <ObstacleNote obstacle={obstacle} />
          <a className="text-button" href={checkAddress(door.number, obstacle)}>
            {text('check.link')}
          </a>
        </div>
        {canMeet ? <DeviceFields hasPreview /> : null}
      </main>
    </Frame>
  );
}
