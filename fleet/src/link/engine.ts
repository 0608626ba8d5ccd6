import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { DownChannel, UpChannel } from '@anteroom/shared/protocol/channels.ts';

/** A message that an authenticated terminal sent on one of its own up-topics. */
export type TerminalMessage = {
  terminalId: TerminalId;
  channel: UpChannel;
  payload: Uint8Array;
  /** Whether its sender's certificate was revoked since it arrived; such a message is dropped. */
  isFromRevoked: () => boolean;
};

/** An MQTT 3.1.1 engine as the link service sees it: the embedded broker, or the client of an external one. */
export interface MessageEngine {
  /** Takes connections and passes every message to `onMessage`, until `close`. May be opened again after `close`. */
  open(onMessage: (message: TerminalMessage) => void): Promise<{ port: number }>;
  /** Hands the payload to the engine; resolves when the engine has it, which is not delivery. */
  publish(terminalId: TerminalId, channel: DownChannel, payload: string): Promise<void>;
  /** Ends the terminal's live session at once and drops what it still sends in it. */
  disconnect(terminalId: TerminalId): void;
  /** Likewise for the sessions of one certificate; returns whose they were. */
  disconnectCertificate(thumbprint: string): TerminalId[];
  /** Ends every session and forgets everything. */
  close(): Promise<void>;
}
