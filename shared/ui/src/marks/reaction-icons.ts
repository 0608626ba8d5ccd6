import type { Reaction } from '@anteroom/shared/meeting/control.ts';
import {
  IconConfetti,
  IconHeart,
  IconMoodHappy,
  IconMoodSurprised,
  IconSparkles,
  IconThumbUp,
} from '@tabler/icons-react';

export const reactionIcons = {
  thumbsUp: IconThumbUp,
  applause: IconSparkles,
  heart: IconHeart,
  laugh: IconMoodHappy,
  surprise: IconMoodSurprised,
  celebrate: IconConfetti,
} as const satisfies Record<Reaction, typeof IconThumbUp>;
