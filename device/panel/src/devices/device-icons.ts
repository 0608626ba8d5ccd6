import type { PanelDevice } from '@anteroom/shared/panel/devices.ts';
import {
  IconArrowsShuffle,
  IconDeviceComputerCamera,
  IconDeviceTv,
  IconMicrophone2,
  IconPlug,
  IconUserScan,
  type TablerIcon,
} from '@tabler/icons-react';

/** What stands beside a terminal, by its kind. */
export const deviceIcons: Readonly<Record<PanelDevice['kind'], TablerIcon>> = {
  camera: IconDeviceComputerCamera,
  display: IconDeviceTv,
  audioProcessor: IconMicrophone2,
  switcher: IconArrowsShuffle,
  roomIo: IconPlug,
  presenceSensor: IconUserScan,
};
