/** Acts on what organizations order, and on the cloud rooms that come of it. */
export const resourceActions = [
  'order.placed',
  'order.cancelled',
  'order.paid',
  'room.assigned',
  'room.reclaimed',
  'room.meetingTransferred',
  'room.meetingCancelled',
] as const;
