import type { JanusConnection } from './janus-client.ts';

/** A Janus that answers: everything made through one link is gone when the link is. */
export type MediaLink = {
  connection: JanusConnection;
  /** Needed to create rooms. */
  roomAdminKey: string;
};

/** A place where meetings run. It restarts by itself; whoever uses it makes its rooms anew on each link. */
export interface MediaNode extends AsyncDisposable {
  /** The present link, null while Janus is away. */
  link(): MediaLink | null;
  /** Waits for the next moment with a link; rejects with the reason of `signal`. */
  whenUp(options: { signal: AbortSignal }): Promise<MediaLink>;
  /** Calls `listener` on every change, with null when Janus went away. Returns the end of it. */
  onChange(listener: (link: MediaLink | null) => void): () => void;
}
