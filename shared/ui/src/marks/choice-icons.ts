import type { ChoiceName } from '@anteroom/shared/meeting/people.ts';
import {
  IconFocusCentered,
  IconHandOff,
  IconMicrophone,
  IconMicrophoneOff,
  IconPencil,
  IconPhoneOff,
  IconUserCheck,
  IconUserMinus,
  IconUserShare,
  IconUserX,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';

/** What may be done to somebody in a meeting, with the same mark in client, panel and console. */
export const choiceIcons = {
  mute: IconMicrophoneOff,
  unmute: IconMicrophone,
  askMicrophone: IconMicrophone,
  stopCamera: IconVideoOff,
  allowCamera: IconVideo,
  askCamera: IconVideo,
  spotlight: IconFocusCentered,
  unspotlight: IconFocusCentered,
  lowerHand: IconHandOff,
  rename: IconPencil,
  makeCohost: IconUserCheck,
  unmakeCohost: IconUserMinus,
  handOver: IconUserShare,
  hangUp: IconPhoneOff,
  remove: IconUserX,
} as const satisfies Record<ChoiceName, typeof IconUserX>;
