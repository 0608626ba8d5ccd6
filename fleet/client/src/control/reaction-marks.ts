import type { Reaction } from '@anteroom/shared/meeting/control.ts';
import {
  IconConfetti,
  IconHeart,
  IconMoodCrazyHappy,
  IconMoodSurprised,
  IconSparkles,
  IconThumbUp,
} from '@tabler/icons-react';

export const reactionIcons = {
  thumbsUp: IconThumbUp,
  applause: IconSparkles,
  heart: IconHeart,
  laugh: IconMoodCrazyHappy,
  surprise: IconMoodSurprised,
  celebrate: IconConfetti,
} as const satisfies Record<Reaction, typeof IconThumbUp>;
