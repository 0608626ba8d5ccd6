import { texts } from '../locales/texts.ts';
import type { LocalMediaState } from '../media/local-media.ts';
import { useLevel } from '../media/use-level.ts';

const steps = Array.from({ length: 10 }, (_unused, step) => (step + 1) / 10);
/** Quieter than this is the room, not a voice. */
const voiceLevel = 0.15;

/** How loud the own microphone is, as it changes. */
export function LevelMeter({ media }: { media: Pick<LocalMediaState, 'stream' | 'microphone'> }) {
  const text = texts.useText();
  const level = useLevel(media.stream, media.microphone.isOn);
  return (
    <div className="level">
      <meter className="visually-hidden" aria-label={text('level.label')} min={0} max={1} value={level ?? 0} />
      <span className="level-steps" aria-hidden="true">
        {steps.map((step) => (
          <i key={step} data-lit={level !== null && level >= step - 0.05 ? '' : undefined} />
        ))}
      </span>
      <span className="t2">
        {level === null ? text('level.touch') : level > voiceLevel ? text('level.speaking') : text('level.quiet')}
      </span>
    </div>
  );
}
