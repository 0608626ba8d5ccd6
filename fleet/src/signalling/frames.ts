import { type ErrorCode, errorCatalogue } from '@anteroom/shared/errors/catalogue.ts';
import {
  type ClientMessage,
  clientMessage,
  maxFrameBytes,
  type ServerMessage,
} from '@anteroom/shared/signalling/messages.ts';
import { localize } from '@anteroom/shared/text.ts';

/** Bytes of one WebSocket frame to a client message, and faults to the words of an `error`. */
export type FrameFault = { code: ErrorCode; detail: string };
export type ParsedFrame = { ok: true; message: ClientMessage } | { ok: false; fault: FrameFault };

export function parseFrame(bytes: Uint8Array, isBinary: boolean): ParsedFrame {
  if (bytes.byteLength > maxFrameBytes) return fault('body_too_large', `at most ${maxFrameBytes} bytes`);
  if (isBinary) return fault('request_invalid', 'frames are text');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fault('body_malformed', 'not JSON in UTF-8');
  }
  const parsed = clientMessage.safeParse(json);
  if (parsed.success) return { ok: true, message: parsed.data };
  const issue = parsed.error.issues[0];
  // Says where and what kind, never what was sent: this is logged.
  return fault('request_invalid', `${issue?.code ?? 'invalid'} at ${issue?.path.join('.') || 'the top'}`);
}

export function errorMessage({ code, detail }: FrameFault): ServerMessage {
  return { type: 'error', code, detail: localize(errorCatalogue[code].text, 'en', { detail, retryAfterS: 1 }) };
}

function fault(code: ErrorCode, detail: string): ParsedFrame {
  return { ok: false, fault: { code, detail } };
}
