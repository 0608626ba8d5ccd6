import type { DirectoryTerminal, Terminal } from '@anteroom/shared/api/terminals.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import type { Version } from '@anteroom/shared/protocol/envelope.ts';
import type { CertificateRow } from '../../db/schema.ts';
import type { TerminalPresence } from '../../link/terminal-state.ts';
import type { TerminalInPlace } from './repository.ts';
import { isConverged, stageOf } from './rules.ts';

/** What is known of terminals beside their own rows, by terminal. */
export type TerminalEvidence = {
  presence: Map<TerminalId, TerminalPresence>;
  reported: Map<TerminalId, { document: ReportedDocument; receivedAt: string }>;
  desired: Map<TerminalId, Version>;
  certificates: Map<TerminalId, CertificateRow>;
  /** Subjects of the meetings that they are in; null for a reader without access to meetings. */
  subjects: Map<string, string> | null;
};

/** A terminal as the console shows it. */
export function describeTerminal(row: TerminalInPlace, evidence: TerminalEvidence): Terminal {
  const presence = evidence.presence.get(row.id);
  const reported = evidence.reported.get(row.id);
  const certificate = evidence.certificates.get(row.id);
  if (!certificate) throw new Error(`terminal ${row.id} has no certificate`);
  const isOnline = row.retiredAt === null && (presence?.isOnline ?? false);
  const meeting = isOnline ? (reported?.document.meeting ?? null) : null;
  return {
    id: row.id,
    name: row.name,
    serial: row.serial,
    profile: row.profile,
    software: reported?.document.software ?? row.software,
    stage: stageOf(row, reported?.document),
    space: spaceOf(row),
    room: row.roomId === null ? null : { id: row.roomId, name: row.roomName ?? '', number: row.roomNumber ?? '' },
    answersAutomatically: row.answersAutomaticallySince !== null,
    doNotDisturb: row.doNotDisturbSince !== null,
    onHostUnmute: row.allowsHostUnmuteSince === null ? 'ask' : 'allow',
    onRemoteStart: row.opensRemoteStartsSince === null ? 'closed' : 'asInRoom',
    isOnline,
    seenAt: presence?.lastSeenAt ?? null,
    isConverged: isConverged(evidence.desired.get(row.id), reported?.document),
    meeting: meeting && { ...meeting, subject: evidence.subjects && (evidence.subjects.get(meeting.meetingId) ?? '') },
    peripherals: reported?.document.peripherals ?? [],
    shortfalls: reported?.document.shortfalls ?? [],
    reportedAt: reported?.receivedAt ?? null,
    certificate: {
      notAfter: certificate.notAfter,
      isRevoked: certificate.revokedAt !== null,
      keyPhrase: row.keyPhrase,
    },
  };
}

/** As the directory lists it. */
export function describeInDirectory(row: TerminalInPlace, presence: TerminalPresence | undefined): DirectoryTerminal {
  const { id, name, roomId, roomName } = row;
  return {
    ...{ id, name, space: spaceOf(row), room: roomId === null ? null : { id: roomId, name: roomName ?? '' } },
    ...{ isOnline: presence?.isOnline ?? false, seenAt: presence?.lastSeenAt ?? null },
  };
}

function spaceOf(row: TerminalInPlace): Terminal['space'] {
  const { spaceId: id, spaceName, spaceSite, spaceFloor } = row;
  return id === null ? null : { id, name: spaceName ?? '', site: spaceSite ?? '', floor: spaceFloor ?? '' };
}
