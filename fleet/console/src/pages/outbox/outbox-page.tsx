import type { Notice } from '@anteroom/shared/api/notices.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import '../audit/trails.css';

const route = getRouteApi('/signedIn/outbox');

/** What left the fleet for people, or waits here because nothing delivers it. */
export function OutboxPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { stamp } = useWhen();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/outbox' });
  const result = useQuery(queries.notices({ search: search.q, cursor: search.cursor }));
  return (
    <ListPage
      title={text('outbox.title')}
      count={(count) => text('outbox.count', { count })}
      action={null}
      searchLabel={text('outbox.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('outbox.empty')} next={text('outbox.emptyNext')} />}
    >
      {(items) => (
        <ul className="trail" aria-label={text('outbox.title')}>
          {items.map((notice) => (
            <li key={notice.id}>
              <div className="trail-head">
                <b className="mono">{notice.recipient}</b>
                <span className="t2">{text(`outbox.channel.${notice.channel}`)}</span>
                <span className="grow" />
                <NoticeState notice={notice} />
                <time className="t3 tabular" dateTime={notice.createdAt}>
                  {stamp(notice.createdAt)}
                </time>
              </div>
              <NoticeText notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function NoticeText({ notice }: { notice: Notice }) {
  const text = texts.useText();
  const { subject, text: words, attachments, channel } = notice;
  if (words === null) return <p className="t2">{text('outbox.hidden')}</p>;
  return (
    <>
      {channel === 'email' && subject ? <p className="trail-subject">{subject}</p> : null}
      <p className="trail-text">{words}</p>
      {attachments.length > 0 ? (
        <p className="t3">{text('outbox.attachments', { count: attachments.length })}</p>
      ) : null}
    </>
  );
}

function NoticeState({ notice }: { notice: Notice }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const { state, tries, sentAt, createdAt } = notice;
  if (state === 'failed')
    return (
      <span className="state" data-state="fault" title={notice.fault ?? undefined}>
        {text('outbox.state.failed', { tries })}
      </span>
    );
  if (state === 'sent')
    return <span className="t2">{text('outbox.state.sent', { time: stamp(sentAt ?? createdAt) })}</span>;
  return <span className="t2">{text(`outbox.state.${state}`)}</span>;
}
