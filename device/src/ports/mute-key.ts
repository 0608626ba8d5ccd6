/** The mute key of the room's microphones, as hardware has it. Software reads it and cannot lift it. */
export interface MuteKey extends AsyncDisposable {
  /** Also true until the key was read for the first time: what is not known is not open. */
  isMuted(): boolean;
  /** Returns what ends the subscription. */
  onChange(listener: (isMuted: boolean) => void): () => void;
}
