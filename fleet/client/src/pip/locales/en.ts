export const en = {
  alone: 'Nobody else is here yet.',
  close: 'Close the small window',
  failed: 'The browser did not open it. Try again.',
  hint: 'Whoever speaks, above all other windows',
  noVideo: 'Nobody else’s camera is on, and this browser shows only videos there.',
  open: 'Picture in picture',
  unsupported: 'This browser has no small window. Chrome, Edge and Safari have one.',
} as const;
