import type {
  CallSettings,
  Command,
  DirectoryTerminal,
  Terminal,
  TerminalEvent,
} from '@anteroom/shared/api/terminals.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { commandId, messageId, type RoomId, type SpaceId, type TerminalId } from '@anteroom/shared/ids.ts';
import { type CommandRequest, maySendCommand } from '@anteroom/shared/protocol/commands.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { refuseTakenName } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import { fromCursor, nameKeyOf, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { PairingRow } from '../../db/schema.ts';
import { type OrgScope, type SiteScope, sitesOf } from '../../db/scope.ts';
import { createCommand, listCommands } from '../../link/commands.ts';
import { markDisconnect } from '../../link/markers.ts';
import { listEvents, listPresence, listReported } from '../../link/terminal-state.ts';
import type { AuditAct, AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { PairingsService } from '../pairings/service.ts';
import type { ResourcesService } from '../resources/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { Actor } from '../sessions/service.ts';
import type { SpacesService } from '../spaces/service.ts';
import { describeInDirectory, describeTerminal } from './describe.ts';
import { createTerminalRepository, type TerminalInPlace } from './repository.ts';
import { canJoin } from './rules.ts';

export type BindingFields = { name: string; spaceId: SpaceId | null; roomId: RoomId | null };
export type TerminalFields = BindingFields & CallSettings;
export type TerminalCounts = { total: number; online: number; inMeeting: number; canJoin: number };

export interface TerminalsService {
  lookUpCode(actor: Actor, code: string): Promise<PairingRow>;
  claim(actor: Actor, request: BindingFields & { code: string }): Promise<Terminal>;
  list(actor: Actor, request: PageRequest): Promise<Page<Terminal>>;
  /** Of the whole organization, for everybody who may invite them. */
  listDirectory(actor: Actor, request: PageRequest): Promise<Page<DirectoryTerminal>>;
  get(actor: Actor, id: TerminalId): Promise<Terminal>;
  update(actor: Actor, id: TerminalId, fields: Partial<TerminalFields>): Promise<Terminal>;
  revoke(actor: Actor, id: TerminalId): Promise<Terminal>;
  /** Of an organization that ends; whoever calls tells the doors after the commit. */
  revokeAll(tx: FleetDatabase, scope: OrgScope): Promise<void>;
  sendCommand(actor: Actor, id: TerminalId, command: { request: CommandRequest; withinS: number }): Promise<Command>;
  listCommands(actor: Actor, id: TerminalId, request: PageRequest): Promise<Page<Command>>;
  listEvents(actor: Actor, id: TerminalId, request: PageRequest): Promise<Page<TerminalEvent>>;
  /** Of the scope's sites. */
  count(scope: SiteScope): Promise<TerminalCounts>;
}

export function createTerminalsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
  pairings: PairingsService;
  meetings: MeetingsService;
  spaces: SpacesService;
  rooms: RoomsService;
  resources: ResourcesService;
  heartbeatEveryMs: number;
  /** Tells this process's doors that certificates were revoked; called after the commit. */
  onRevoked: () => Promise<void>;
}): TerminalsService {
  const { db, clock, audit, changes, desired, pairings, meetings, spaces, rooms, resources } = deps;
  const { heartbeatEveryMs, onRevoked } = deps;

  async function describe(scope: SiteScope, rows: TerminalInPlace[]): Promise<Terminal[]> {
    const ids = rows.map(({ id }) => id);
    const reported = await listReported(db, ids);
    const inMeetings = [...reported.values()].flatMap(({ document }) => document.meeting?.meetingId ?? []);
    const evidence = {
      reported,
      presence: await listPresence(db, { terminalIds: ids, now: clock.now(), heartbeatEveryMs }),
      desired: await createTerminalRepository(db).listDesiredVersions(ids),
      certificates: await pairings.listCertificates(scope, ids),
      subjects: sitesOf(scope) === null ? await meetings.subjectsOf(scope, inMeetings) : null,
    };
    return rows.map((row) => describeTerminal(row, evidence));
  }

  async function find(scope: SiteScope, id: TerminalId, from: FleetDatabase = db): Promise<TerminalInPlace> {
    const row = await createTerminalRepository(from).find(scope, id);
    if (!row) throw new ProblemError('not_found');
    return row;
  }

  async function get(scope: SiteScope, id: TerminalId): Promise<Terminal> {
    const [terminal] = await describe(scope, [await find(scope, id)]);
    if (!terminal) throw new ProblemError('not_found');
    return terminal;
  }

  /**
   * Space and cloud room must be this organization's, and the space free. A field engineer has those of the own sites,
   * and leaves no terminal outside of them.
   */
  async function checkBinding(
    tx: FleetDatabase,
    actor: Actor,
    { id, spaceId, roomId }: { id: TerminalId } & Partial<BindingFields>,
  ): Promise<void> {
    if (roomId) await rooms.get(actor, roomId, tx);
    if (spaceId === null && sitesOf(actor) !== null) throw new ProblemError('outside_sites');
    if (!spaceId) return;
    await spaces.get(actor, spaceId, tx);
    const present = await createTerminalRepository(tx).findInSpace(actor, spaceId);
    if (present && present.id !== id) throw new ProblemError('space_has_terminal', { terminal: present.name });
  }

  async function record(
    tx: FleetDatabase,
    actor: Actor,
    action: AuditAction,
    id: TerminalId,
    detail: AuditAct['detail'],
  ): Promise<void> {
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: id, detail });
    await changes.mark(tx, actor, 'terminals', 'spaces', 'rooms');
  }

  /** Its certificates are revoked and it stands nowhere: it shows a code to be paired again. */
  async function retire(tx: FleetDatabase, scope: OrgScope, id: TerminalId): Promise<void> {
    await pairings.revoke(tx, scope, id);
    const retiredAt = clock.now().toISOString();
    await createTerminalRepository(tx).update(scope, id, { spaceId: null, roomId: null, retiredAt });
    await desired.remove(tx, id);
    await markDisconnect(tx, id, null);
  }

  return {
    lookUpCode: (actor, code) => pairings.lookUp(code, actor.accountId),
    async claim(actor, { code, name, spaceId, roomId }) {
      const pairing = await pairings.lookUp(code, actor.accountId);
      const prepared = await pairings.prepareCertificate(pairing);
      const id = prepared.terminalId;
      await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          const { serial, profile, software, keyPhrase } = pairing;
          await checkBinding(tx, actor, { id, spaceId, roomId });
          await resources.checkLicence(tx, actor);
          await createTerminalRepository(tx).insert({
            id,
            orgId: actor.orgId,
            name,
            nameKey: nameKeyOf(name),
            serial,
            profile,
            software,
            spaceId,
            roomId,
            keyPhrase,
            createdAt: clock.now().toISOString(),
            retiredAt: null,
            answersAutomaticallySince: null,
            doNotDisturbSince: null,
            allowsHostUnmuteSince: null,
            opensRemoteStartsSince: null,
          });
          await pairings.claim(tx, actor, pairing, prepared);
          await desired.refresh(tx, [id]);
          await record(tx, actor, 'terminal.claimed', id, { name, serial, spaceId, roomId });
        })
        .catch(refuseTakenName('terminals.name_key', name));
      return await get(actor, id);
    },
    async list(actor, request) {
      const page = await createTerminalRepository(db).list(actor, request);
      return { ...page, items: await describe(actor, page.items) };
    },
    async listDirectory(actor, request) {
      const page = await createTerminalRepository(db).list(actor, { ...request, isActiveOnly: true });
      const terminalIds = page.items.map(({ id }) => id);
      const presence = await listPresence(db, { terminalIds, now: clock.now(), heartbeatEveryMs });
      return { ...page, items: page.items.map((row) => describeInDirectory(row, presence.get(row.id))) };
    },
    get: (actor, id) => get(actor, id),
    async update(actor, id, fields) {
      const { name, answersAutomatically, doNotDisturb, onHostUnmute, onRemoteStart, ...place } = fields;
      await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          const before = await find(actor, id, tx);
          if (before.retiredAt !== null) throw new ProblemError('terminal_retired');
          if (Object.keys(fields).length === 0) return;
          await checkBinding(tx, actor, { id, ...fields });
          const since = (isOn: boolean, before: string | null) => (isOn ? (before ?? clock.now().toISOString()) : null);
          const values = {
            ...place,
            ...(name === undefined ? {} : { name, nameKey: nameKeyOf(name) }),
            ...(answersAutomatically === undefined
              ? {}
              : { answersAutomaticallySince: since(answersAutomatically, before.answersAutomaticallySince) }),
            ...(doNotDisturb === undefined ? {} : { doNotDisturbSince: since(doNotDisturb, before.doNotDisturbSince) }),
            ...(onHostUnmute === undefined
              ? {}
              : { allowsHostUnmuteSince: since(onHostUnmute === 'allow', before.allowsHostUnmuteSince) }),
            ...(onRemoteStart === undefined
              ? {}
              : { opensRemoteStartsSince: since(onRemoteStart === 'asInRoom', before.opensRemoteStartsSince) }),
          };
          await createTerminalRepository(tx).update(actor, id, values);
          await desired.refresh(tx, [id]);
          await record(tx, actor, 'terminal.updated', id, { ...fields });
        })
        .catch(refuseTakenName('terminals.name_key', name ?? ''));
      return await get(actor, id);
    },
    async revoke(actor, id) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const before = await find(actor, id, tx);
        if (before.retiredAt !== null) return;
        await retire(tx, actor, id);
        await record(tx, actor, 'terminal.revoked', id, { name: before.name, serial: before.serial });
      });
      await onRevoked();
      return await get(actor, id);
    },
    async revokeAll(tx, scope) {
      for (const { id } of await createTerminalRepository(tx).listActive(scope)) await retire(tx, scope, id);
      await changes.mark(tx, scope, 'terminals', 'spaces', 'rooms');
    },
    async sendCommand(actor, id, { request, withinS }) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const terminal = await find(actor, id, tx);
        if (terminal.retiredAt !== null) throw new ProblemError('terminal_retired');
        if (!maySendCommand(actor, request.kind)) throw new ProblemError('forbidden');
        const now = clock.now();
        const { orgId } = actor;
        const command = await createCommand(tx, { orgId, terminalId: id, request, withinMs: withinS * 1000, now });
        await record(tx, actor, 'terminal.commandSent', id, { commandId: command.id, kind: request.kind });
        return command;
      });
    },
    async listCommands(actor, id, { cursor, limit }) {
      await find(actor, id);
      const { orgId } = actor;
      const before = parseCursor(cursor, commandId);
      const rows = await listCommands(db, { orgId, terminalId: id, before, limit: limit + 1 });
      const total = await createTerminalRepository(db).countCommands(actor, id);
      return toPage(rows, { limit, total, positionOf: (row) => ({ key: '', id: row.id }), toItem: (row) => row });
    },
    async listEvents(actor, id, { cursor, limit }) {
      await find(actor, id);
      const { orgId } = actor;
      const before = parseCursor(cursor, messageId);
      const rows = await listEvents(db, { orgId, terminalId: id, before, limit: limit + 1 });
      const total = await createTerminalRepository(db).countEvents(id);
      return toPage(rows, { limit, total, positionOf: (row) => ({ key: '', id: row.id }), toItem: (row) => row });
    },
    async count(scope) {
      const terminals = await createTerminalRepository(db).listActive(scope);
      const ids = terminals.map(({ id }) => id);
      const presence = await listPresence(db, { terminalIds: ids, now: clock.now(), heartbeatEveryMs });
      const reported = await listReported(db, ids);
      const online = terminals.filter(({ id }) => presence.get(id)?.isOnline);
      return {
        total: terminals.length,
        online: online.length,
        inMeeting: online.filter(({ id }) => reported.get(id)?.document.meeting).length,
        canJoin: online.filter((row) => canJoin(row, { isOnline: true, reported: reported.get(row.id)?.document }))
          .length,
      };
    },
  };
}

function parseCursor<T>(
  cursor: string | undefined,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): T | null {
  const position = fromCursor(cursor);
  if (!position) return null;
  const parsed = schema.safeParse(position.id);
  if (!parsed.success) throw new ProblemError('request_invalid', { detail: 'cursor: it belongs to another list' });
  return parsed.data;
}
