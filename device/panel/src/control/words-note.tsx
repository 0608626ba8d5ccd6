import { formatTime } from '@anteroom/ui/format/time.ts';
import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useControlText } from '../locales/control/texts.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import type { InMeeting } from './hosting.ts';
import { StepButton } from './sheet.tsx';
import './words-note.css';

/** The last message of the meeting's chat, until somebody has seen it: a room reads along, and does not write. */
export function WordsNote({ call: { words } }: { call: InMeeting }) {
  const text = useControlText();
  const style = useTimeStyle();
  const [seenId, setSeenId] = useState<number | null>(null);
  if (words === null || words.id === seenId) return null;
  const { id, name, at } = words;
  return (
    <section className="words-note" role="status">
      <IconMessage aria-hidden="true" stroke={1.75} />
      <p>
        <small className="tabular">{text('words.by', { name, time: formatTime(new Date(at), style) })}</small>
        {words.text}
      </p>
      <StepButton icon={null} label={text('words.seen')} reason={null} onPress={() => setSeenId(id)} />
    </section>
  );
}
