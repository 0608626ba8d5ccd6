import { controlRefusals } from '@anteroom/shared/meeting/control.ts';
import type { PersonChoice } from '@anteroom/shared/meeting/people.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { choiceIcons } from '@anteroom/ui/marks/choice-icons.ts';
import { Menu } from '@mantine/core';
import { texts } from '../../locales/texts.ts';

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
          const Icon = choiceIcons[choice.name];
          const { refusal } = choice;
          return (
            <Menu.Item
              key={choice.name}
              leftSection={<Icon size={18} stroke={1.75} aria-hidden="true" />}
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
