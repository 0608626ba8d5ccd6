import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { Link } from '@tanstack/react-router';
import { useWhen } from '../../app/use-when.ts';
import { placeOf } from '../../components/place.ts';
import { texts } from '../../locales/texts.ts';

function mannerOf({ answersAutomatically, doNotDisturb }: Terminal) {
  if (doNotDisturb) return 'quiet';
  return answersAutomatically ? 'answer' : 'ring';
}

/** Where the terminal belongs and who it is: room, cloud room, what calls do, certificate. */
export function IdentitySection({ terminal }: { terminal: Terminal }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const { space, room, certificate } = terminal;
  return (
    <section aria-labelledby="identity">
      <div className="section-head">
        <h2 id="identity">{text('identity.title')}</h2>
        <span className="grow" />
        <span className="t3">{text(`stage.${terminal.stage}`)}</span>
      </div>
      <dl className="facts">
        <dt>{text('field.space')}</dt>
        <dd>
          {space ? (
            <Link to="/spaces/$spaceId" params={{ spaceId: space.id }} className="link">
              {placeOf(space)}
            </Link>
          ) : (
            text('identity.none')
          )}
        </dd>
        <dt>{text('field.room')}</dt>
        <dd>
          {room ? (
            <Link to="/cloud-rooms/$roomId" params={{ roomId: room.id }} className="link">
              {room.name}
            </Link>
          ) : (
            text('identity.none')
          )}
        </dd>
        <dt>{text('identity.calls')}</dt>
        <dd>{text(`identity.calls.${mannerOf(terminal)}`)}</dd>
        <dt>{text('identity.profile')}</dt>
        <dd className="mono">{terminal.profile}</dd>
        <dt>{text('identity.keyPhrase')}</dt>
        <dd className="mono">{certificate.keyPhrase}</dd>
        <dt>{text('identity.certificate')}</dt>
        <dd>
          {certificate.isRevoked
            ? text('identity.revoked')
            : text('identity.validUntil', { time: stamp(certificate.notAfter) })}
        </dd>
      </dl>
      {terminal.stage === 'retired' ? null : (
        <Link
          to="/terminals/$terminalId"
          params={{ terminalId: terminal.id }}
          search={{ do: 'revoke' }}
          className="link fault-link"
        >
          {text('revoke.open')}
        </Link>
      )}
    </section>
  );
}
