import { useState } from 'react';
import { Parts } from '../control/parts-loader.tsx';
import { useSeat } from '../control/seat.tsx';
import type { Visit } from '../use-visit.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** The keyboard in the meeting, and the list of its keys. */
export function MeetingShortcuts({ visit }: { visit: Visit }) {
  const { own, control, view, pip } = useSeat();
  const [isListed, setIsListed] = useState(false);
  const togglePanel = (panel: 'people' | 'chat') => control.setPanel(control.panel === panel ? null : panel);
  const isOn = visit.media.microphone.isOn;
  useShortcuts({
    microphone: () => visit.toggle('microphone'),
    talk: (isHeld) => {
      if (isHeld !== isOn) visit.toggle('microphone');
    },
    camera: () => visit.toggle('camera'),
    people: () => togglePanel('people'),
    chat: () => togglePanel('chat'),
    hand: () => {
      const isRaised = own?.handRaisedAt != null;
      control.act({ kind: 'raiseHand', isRaised: !isRaised }).catch((error: unknown) => reportError(error));
    },
    layout: () => view.setLayout(view.layout === 'gallery' ? 'speaker' : 'gallery'),
    pip: pip.toggle,
    help: () => setIsListed(true),
  });
  if (!isListed) return null;
  return <Parts>{({ ShortcutsDialog }) => <ShortcutsDialog onClose={() => setIsListed(false)} />}</Parts>;
}
