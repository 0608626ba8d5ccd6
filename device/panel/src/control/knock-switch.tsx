import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useControlText } from '../locales/control/texts.ts';
import { useKnockSetting } from './knock-setting.ts';
import { StepButton } from './sheet.tsx';

/** Whether a knock sounds here when somebody waits: what is so above, what a touch makes of it below. */
export function KnockSwitch() {
  const text = useControlText();
  const { isKnockHeard, hearKnock } = useKnockSetting();
  const Icon = isKnockHeard ? IconBellOff : IconBell;
  return (
    <StepButton
      icon={<Icon aria-hidden="true" stroke={1.75} />}
      note={text(isKnockHeard ? 'knock.heardNote' : 'knock.silentNote')}
      label={text(isKnockHeard ? 'knock.off' : 'knock.on')}
      reason={null}
      onPress={() => hearKnock(!isKnockHeard)}
    />
  );
}
