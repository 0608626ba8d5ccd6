import { useText } from '../locales/texts.ts';
import { PolledPicture } from '../parts/polled-picture.tsx';
import './display-meeting.css';

const everyMs = 100;

/** Between meetings: what is plugged in on the table, from a virtual display. */
export function DisplayLaptop() {
  const text = useText();
  return (
    <div className="screen stage">
      <PolledPicture
        className="stage-picture"
        src="/api/display.jpg"
        everyMs={everyMs}
        label={text('display.laptop')}
        fallback={null}
      />
    </div>
  );
}
