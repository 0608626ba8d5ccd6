export const en = {
  camera: 'Camera on or off',
  chat: 'Chat',
  hand: 'Raise or lower your hand',
  help: 'This list',
  hint: 'What each key does',
  layout: 'Gallery or speaker',
  microphone: 'Microphone on or off',
  note: 'They work while no field is written in. The space bar works while it is held.',
  people: 'People',
  'key.talk': 'Space',
  talk: 'Speak while it is held',
  title: 'Keyboard',
} as const;
