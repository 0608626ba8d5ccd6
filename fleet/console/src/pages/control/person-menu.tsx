import { controlRefusals } from '@anteroom/shared/meeting/control.ts';
import type { ChoiceName, PersonChoice } from '@anteroom/shared/meeting/people.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Menu } from '@mantine/core';
import {
  IconHandOff,
  IconPencil,
  IconPhoneOff,
  IconUserCheck,
  IconUserMinus,
  IconUserShare,
  IconUserX,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { texts } from '../../locales/texts.ts';

const icons: Partial<Record<ChoiceName, typeof IconPencil>> = {
  stopCamera: IconVideoOff,
  allowCamera: IconVideo,
  askCamera: IconVideo,
  lowerHand: IconHandOff,
  rename: IconPencil,
  makeCohost: IconUserCheck,
  unmakeCohost: IconUserMinus,
  handOver: IconUserShare,
  hangUp: IconPhoneOff,
  remove: IconUserX,
};

/**
 * What else can be done to somebody; what cannot be done now says why. One for the whole list, at the row that asked for
 * it: a menu in every row would be mounted anew with each that scrolls into view.
 */
export function PersonMenu({
  name,
  choices,
  topPx,
  isOpen,
  onChoose,
  onClose,
}: {
  name: string;
  choices: readonly PersonChoice[];
  topPx: number;
  isOpen: boolean;
  onChoose: (choice: PersonChoice) => void;
  onClose: () => void;
}) {
  const text = texts.useText();
  const { language } = useLanguage();
  return (
    <Menu
      opened={isOpen}
      onClose={onClose}
      returnFocus
      position="bottom-end"
      width={260}
      transitionProps={{ duration: 120 }}
    >
      <Menu.Target>
        <span className="menu-anchor" style={{ top: topPx }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown aria-label={text('control.people.more', { name })}>
        {choices.map((choice) => {
          const Icon = icons[choice.name];
          const { refusal } = choice;
          return (
            <Menu.Item
              key={choice.name}
              leftSection={Icon ? <Icon size={18} stroke={1.75} aria-hidden="true" /> : null}
              className={choice.name === 'remove' ? 'severe' : undefined}
              aria-disabled={refusal !== null}
              closeMenuOnClick={refusal === null}
              onClick={() => {
                if (refusal === null) onChoose(choice);
              }}
            >
              {text(`control.people.do.${choice.name}`)}
              {refusal === null ? null : (
                <span className="menu-reason">{localize(controlRefusals[refusal], language)}</span>
              )}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
