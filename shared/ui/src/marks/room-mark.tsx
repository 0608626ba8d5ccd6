import { assertNever } from '@anteroom/shared/assert-never.ts';
import { uiTexts } from '../locales/texts.ts';

/** What a room is, as a small door: shape first, then colour, and always beside or in place of a word. */
export const roomMarkStates = ['ready', 'soon', 'meeting', 'impaired', 'fault', 'silent', 'updating'] as const;
export type RoomMarkState = (typeof roomMarkStates)[number];

const frame = 'M3 18.5V3.2C3 2.5 3.5 2 4.2 2h7.6c.7 0 1.2.5 1.2 1.2v15.3';
const floor = 'M.8 18.5h14.4';

function Outline({ color, dash }: { color: string; dash?: string }) {
  return (
    <>
      <path d={frame} fill="none" stroke={color} strokeWidth="1.5" strokeDasharray={dash} />
      <path
        d={floor}
        stroke={color}
        strokeWidth="1.5"
        strokeLinecap={dash ? undefined : 'round'}
        strokeDasharray={dash}
      />
    </>
  );
}

function Shape({ state }: { state: RoomMarkState }) {
  switch (state) {
    case 'ready':
      return (
        <>
          <Outline color="var(--text3)" />
          <circle cx="10.4" cy="10.6" r="1.05" fill="var(--text3)" />
        </>
      );
    case 'soon':
      return (
        <>
          <path d="M3 18.5V3.2C3 2.5 3.5 2 4.2 2h4.3v16.5z" fill="var(--lamp)" />
          <Outline color="var(--text)" />
          <path d="M8.5 2v16.5" stroke="var(--text)" strokeWidth="1.2" />
        </>
      );
    case 'meeting':
      return (
        <>
          <path d={`${frame}z`} fill="var(--lamp)" />
          <Outline color="var(--text)" />
        </>
      );
    case 'impaired':
      return (
        <>
          <Outline color="var(--ember)" />
          <path d="M8 6.6l3 5.6H5z" fill="var(--ember)" />
        </>
      );
    case 'fault':
      return (
        <>
          <path d={`${frame}z`} fill="var(--fault-fill)" />
          <Outline color="var(--fault-fill)" />
          <path d="M5.8 7.8l4.4 4.4m0-4.4l-4.4 4.4" stroke="var(--on-fault)" strokeWidth="1.6" strokeLinecap="round" />
        </>
      );
    case 'silent':
      return <Outline color="var(--text3)" dash="2.2 2" />;
    case 'updating':
      return (
        <>
          <Outline color="var(--text3)" />
          <path
            d="M8 6v6m-2.3-2.2L8 12.1l2.3-2.3"
            fill="none"
            stroke="var(--text)"
            strokeWidth="1.4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      );
    default:
      return assertNever(state);
  }
}

/** `isLabelled` gives the mark its word as accessible name; leave it out where the word stands beside it. */
export function RoomMark({
  state,
  heightPx,
  isLabelled = false,
}: {
  state: RoomMarkState;
  heightPx: number;
  isLabelled?: boolean;
}) {
  const text = uiTexts.useText();
  const size = { width: heightPx * 0.8, height: heightPx, viewBox: '0 0 16 20', style: { flex: 'none' } };
  const word = text(`room.${state}`);
  return isLabelled ? (
    <svg {...size} role="img" aria-label={word}>
      <Shape state={state} />
    </svg>
  ) : (
    <svg {...size} aria-hidden="true">
      <Shape state={state} />
    </svg>
  );
}
