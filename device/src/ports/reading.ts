/**
 * A value of a device with its age and origin: nothing is shown as true without evidence. `answer`: the device was asked;
 * `report`: it said so by itself.
 */
export type Reading<T> = { value: T; observedAt: string; source: 'answer' | 'report' };
