export const whiteboardEn = {
  'whiteboard.back': 'Back to the meeting',
  'whiteboard.drawn_one': '{count} thing drawn, last kept {time}',
  'whiteboard.drawn_other': '{count} things drawn, last kept {time}',
  'whiteboard.failed': 'The picture could not be made. Try again.',
  'whiteboard.file': '{subject} whiteboard',
  'whiteboard.none': 'Nobody drew in this meeting.',
  'whiteboard.open': 'Open the whiteboard',
  'whiteboard.save': 'Save as picture',
  'whiteboard.title': 'Whiteboard',
  'whiteboard.titleOf': 'Whiteboard of {subject}',
} as const;
