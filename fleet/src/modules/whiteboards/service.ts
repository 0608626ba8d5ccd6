import type { Whiteboard } from '@anteroom/shared/api/whiteboards.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { readBoard } from '@anteroom/shared/whiteboard/document.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import { fromBase64, toBase64 } from '@anteroom/shared/whiteboard/parts.ts';
import * as Y from 'yjs';
import type { FleetDatabase } from '../../db/database.ts';
import type { BoardStore } from '../../signalling/ports.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createWhiteboardRepository } from './repository.ts';

/** What was drawn in meetings: kept for the signalling role, and read by whoever may see the meeting. */
export interface WhiteboardsService extends BoardStore {
  get(actor: Actor, meetingId: MeetingId): Promise<Whiteboard>;
  listElements(actor: Actor, meetingId: MeetingId): Promise<BoardElement[]>;
}

export function createWhiteboardsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  meetings: MeetingsService;
}): WhiteboardsService {
  const { clock, meetings } = deps;
  const repository = createWhiteboardRepository(deps.db);

  return {
    async load({ orgId, meetingId }) {
      const row = await repository.find({ orgId }, meetingId);
      return row ? fromBase64(row.state) : null;
    },
    async save({ orgId, meetingId }, { state, elements }) {
      const savedAt = clock.now().toISOString();
      await repository.save({ orgId, meetingId, state: toBase64(state), elements, savedAt });
    },
    async get(actor, meetingId) {
      await meetings.get(actor, meetingId);
      const row = await repository.findSummary(actor, meetingId);
      return row ?? { elements: 0, savedAt: null };
    },
    async listElements(actor, meetingId) {
      await meetings.get(actor, meetingId);
      const row = await repository.find(actor, meetingId);
      if (!row) return [];
      const doc = new Y.Doc();
      Y.applyUpdate(doc, fromBase64(row.state));
      return readBoard(doc);
    },
  };
}
