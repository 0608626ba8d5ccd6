import { type ControlRefusal, controlRefusals, longestChat } from '@anteroom/shared/meeting/control.ts';
import type { ChatEntry } from '@anteroom/shared/signalling/messages.ts';
import { localize } from '@anteroom/shared/text.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { controlTexts } from '../control/locales/texts.ts';
import { useSeat } from '../control/seat.tsx';
import { texts } from '../locales/texts.ts';
import { readerZone } from '../reader-zone.ts';
import { lengthOf, messageParts } from './message-text.ts';
import './chat.css';

/** What was said in writing, and the field for more. */
export function ChatPanel({ onClose }: { onClose: () => void }) {
  const text = controlTexts.useText();
  const { client } = useSeat();
  return (
    <aside className="people chat" aria-label={text('chat.title')}>
      <header className="people-head">
        <h2>{text('chat.title')}</h2>
        <span className="grow" />
        <button type="button" className="plain-control" aria-label={text('chat.close')} onClick={onClose}>
          <IconX size={20} stroke={1.75} aria-hidden="true" />
        </button>
      </header>
      <History chat={client.talk.chat} ownId={client.participantId} />
      <Compose isOffline={client.isReconnecting} />
    </aside>
  );
}

/** px from the end that still count as the end. */
const nearEndPx = 48;

function History({ chat, ownId }: { chat: readonly ChatEntry[]; ownId: string }) {
  const text = controlTexts.useText();
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasNew, setHasNew] = useState(false);
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  const last = chat.at(-1);
  // Whoever reads further up stays there and is told; whoever wrote, or reads the end, goes along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each new message
  useLayoutEffect(() => {
    if (isAtEnd.current || last?.from === ownId) toEnd();
    else setHasNew(true);
  }, [last?.id]);
  return (
    <div className="chat-history">
      <div
        ref={list}
        className="chat-list"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
        tabIndex={0}
        role="log"
        // New messages are told by the meeting's own announcements, whether this panel is open or not.
        aria-live="off"
        aria-label={text('chat.history')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEndPx;
          if (isAtEnd.current) setHasNew(false);
        }}
      >
        {chat.length === 0 ? <EmptyState title={text('chat.empty')} next={text('chat.emptyNext')} /> : null}
        {chat.map((entry) => (
          <Message key={entry.id} entry={entry} isOwn={entry.from === ownId} />
        ))}
      </div>
      {hasNew ? (
        <button type="button" className="small-button primary chat-new" onClick={toEnd}>
          {text('chat.new')}
        </button>
      ) : null}
    </div>
  );
}

function Message({ entry, isOwn }: { entry: ChatEntry; isOwn: boolean }) {
  const text = texts.useText();
  const { language } = useLanguage();
  let at = 0;
  return (
    <article className="chat-message" data-own={isOwn ? '' : undefined}>
      <header>
        <b>{isOwn ? text('in.you') : entry.name}</b>
        <time className="t2 tabular" dateTime={entry.at}>
          {formatTime(new Date(entry.at), { language, timeZone: readerZone })}
        </time>
      </header>
      <p>
        {messageParts(entry.text).map((part) => {
          const key = at;
          at += part.text.length;
          return part.kind === 'text' ? (
            <span key={key}>{part.text}</span>
          ) : (
            <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          );
        })}
      </p>
    </article>
  );
}

function Compose({ isOffline }: { isOffline: boolean }) {
  const text = controlTexts.useText();
  const { language } = useLanguage();
  const { control } = useSeat();
  const { draft, setDraft } = control;
  const field = useRef<HTMLTextAreaElement>(null);
  const [refusal, setRefusal] = useState<ControlRefusal | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { count, tooMany, isShown } = lengthOf(draft);
  const canSend = count > 0 && tooMany === 0 && !isSending && !isOffline;
  useEffect(() => field.current?.focus(), []);

  const send = async () => {
    if (!canSend) return;
    const words = draft.trim();
    setIsSending(true);
    const answer = await control.request({ kind: 'chat', text: words });
    setIsSending(false);
    setRefusal(answer);
    // What was not taken stays, and so does what was typed meanwhile.
    if (answer === null) setDraft((now) => (now.trim() === words ? '' : now));
    field.current?.focus();
  };
  const run = () => {
    send().catch((error: unknown) => reportError(error));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a word of an input method is not meant for the message.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    run();
  };
  return (
    <form
      className="chat-compose"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      {refusal ? (
        <p className="wrong" role="alert">
          {text('chat.notSent')} {localize(controlRefusals[refusal], language)}
        </p>
      ) : null}
      {isOffline ? <p className="t2">{text('chat.offline')}</p> : null}
      <textarea
        ref={field}
        rows={3}
        aria-label={text('chat.field')}
        aria-invalid={tooMany > 0}
        aria-describedby="chat-count"
        placeholder={text('chat.field')}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="chat-acts">
        <span id="chat-count" className={tooMany > 0 ? 'wrong tabular' : 't2 tabular'}>
          {tooMany > 0
            ? text('chat.tooLong', { count: tooMany })
            : isShown
              ? text('chat.count', { count, most: longestChat })
              : ''}
        </span>
        <button type="submit" className="button primary" disabled={!canSend}>
          {text('chat.send')}
        </button>
      </div>
    </form>
  );
}
