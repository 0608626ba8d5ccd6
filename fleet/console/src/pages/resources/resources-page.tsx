import type { Usage as PoolUse } from '@anteroom/shared/api/resources.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { OrdersSection } from './orders-section.tsx';
import './resources.css';
import { useDay } from './use-day.ts';

/** What the organization has and uses: said in sentences, then who holds it, how it was used, and what was ordered. */
export function ResourcesPage() {
  const text = texts.useText();
  const day = useDay();
  const { queries } = useApp();
  const { data: summary, error, refetch } = useQuery(queries.resources());
  return (
    <>
      <header className="page-head">
        <h1>{text('resources.title')}</h1>
        <span className="grow" />
        <Button renderRoot={(props) => <Link to="/resources/order" {...props} />}>{text('orders.new')}</Button>
      </header>
      <FaultNote error={error} onRetry={() => refetch()} />
      {summary ? (
        <div className="holdings">
          <p className="lead">
            {summary.concurrency.capacity === 0
              ? text('resources.none')
              : text('resources.free', {
                  free: summary.concurrency.capacity - summary.concurrency.taken,
                  capacity: summary.concurrency.capacity,
                })}
          </p>
          {summary.concurrency.next ? (
            <p className="t2">
              {text('resources.next', {
                when: day(summary.concurrency.next.at),
                capacity: summary.concurrency.next.capacity,
              })}
            </p>
          ) : null}
          <p className="t2">{text('resources.rooms', summary.rooms)}</p>
          {summary.rooms.expired > 0 ? <p>{text('resources.expired', { count: summary.rooms.expired })}</p> : null}
          <p className="t2">{text('resources.terminals', summary.terminals)}</p>
        </div>
      ) : null}
      <div className="sections">
        <Holders />
        <Usage />
        <OrdersSection />
      </div>
    </>
  );
}

function Holders() {
  const text = texts.useText();
  const day = useDay();
  const { queries } = useApp();
  const { data, error } = useQuery(queries.seatHolders());
  return (
    <section className="block" aria-labelledby="holders">
      <div className="section-head">
        <h2 id="holders">{text('resources.holders')}</h2>
      </div>
      <FaultNote error={error} />
      {data?.items.length === 0 ? <p className="section-none">{text('resources.holders.none')}</p> : null}
      {data && data.items.length > 0 ? (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('resources.holder')}</th>
              <th scope="col">{text('resources.meeting')}</th>
              <th scope="col">{text('resources.frees')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ participantId, name, meeting, freesAt }) => (
              <tr key={participantId}>
                <td data-phone="line">{name}</td>
                <td>{meeting.subject}</td>
                <td data-phone="end">{day(freesAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function Usage() {
  const text = texts.useText();
  const day = useDay();
  const { queries } = useApp();
  const { data: usage, error } = useQuery(queries.poolUsage());
  return (
    <section className="block" aria-labelledby="usage">
      <div className="section-head">
        <h2 id="usage">{text('resources.usage')}</h2>
      </div>
      <FaultNote error={error} />
      {usage ? (
        <>
          <p>{usage.peak === 0 ? text('resources.usage.none') : text('resources.usage.peak', { peak: usage.peak })}</p>
          {usage.peak === 0 ? null : <UsageBars parts={usage.parts} />}
          {usage.shortages.length === 0 ? <p className="t2">{text('resources.shortages.none')}</p> : null}
          <ul>
            {usage.shortages.map(({ id, startedAt, turnedAway, meeting }) => (
              <li key={id}>
                {text('resources.shortage', { when: day(startedAt), count: turnedAway, subject: meeting.subject })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function UsageBars({ parts }: { parts: PoolUse['parts'] }) {
  const text = texts.useText();
  const day = useDay();
  const most = Math.max(...parts.map(({ peak, capacity }) => Math.max(peak, capacity)));
  return (
    <ol className="usage">
      {parts.map(({ from, peak, capacity }) => (
        <li key={from}>
          <span className="usage-bar" style={{ blockSize: `${(100 * peak) / most}%` }} aria-hidden="true" />
          <span className="visually-hidden">{text('resources.usage.part', { when: day(from), peak, capacity })}</span>
        </li>
      ))}
    </ol>
  );
}
