/** What controllers of a live meeting do to it from outside. */
export const controlActions = [
  'meeting.locked',
  'meeting.unlocked',
  'meeting.participantRemoved',
  'meeting.participantRenamed',
  'meeting.participantsAdmitted',
  'meeting.everybodyMuted',
  'meeting.everybodyUnmuted',
  'meeting.sharingAllowed',
  'meeting.sharingForbidden',
  'meeting.hostSet',
  'meeting.cohostsSet',
] as const;
