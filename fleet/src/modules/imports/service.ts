import type { ImportCheck, ImportOutcome } from '@anteroom/shared/api/imports.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type AccountId, type ImportId, newId } from '@anteroom/shared/ids.ts';
import { importFileBytes, importRowLimit } from '@anteroom/shared/people/import.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { Table } from '../../table-file.ts';
import { readTable } from '../../table-reading/read.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { NoticesService } from '../notices/service.ts';
import type { Actor, SessionsService } from '../sessions/service.ts';
import { createImportRepository } from './repository.ts';
import { createDepartmentFinder, type ImportRow, type JudgedRow, judgeRow, readRows, refuseTwice } from './rules.ts';
import { outcome, resultTable, templateTable } from './tables.ts';

export type ImportFile = { filename: string; content: string };

/**
 * People from a file. A row that is right is added and one that is not is named with its faults; all that are added are
 * added in one transaction, so that an import happened or did not, whenever its process dies.
 */
export interface ImportsService {
  template(language: Language): Table;
  check(actor: Actor, file: ImportFile): Promise<ImportCheck>;
  create(actor: Actor, file: ImportFile): Promise<ImportOutcome>;
  result(actor: Actor, id: ImportId, language: Language): Promise<Table>;
}

const keptForMs = 30 * 86_400_000;
/** Somebody may register, with a number of the file, between the look and the write. */
const mostTries = 3;

export function createImportsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
  notices: NoticesService;
  sessions: SessionsService;
  publicUrl: () => string;
}): ImportsService {
  const { db, clock, accounts, audit, changes, departments, notices, sessions, publicUrl } = deps;

  async function judge(actor: Actor, rows: readonly ImportRow[], from: FleetDatabase): Promise<JudgedRow[]> {
    const found = {
      find: createDepartmentFinder(await departments.list(actor, from)),
      managed: await departments.managedBy(actor, from),
    };
    const judged = rows.map((row) => judgeRow(row, found, actor.language));
    refuseTwice(judged);
    for (const kind of ['standard', 'console'] as const)
      for (const field of ['phone', 'email'] as const) {
        const ofKind = judged.filter(({ person }) => person.kind === kind);
        const values = ofKind.flatMap(({ person }) => person[field] ?? []);
        const taken = await accounts.listTaken(actor, kind, field, values, from);
        for (const { person, faults } of ofKind)
          if (taken.has(person[field] ?? '')) faults.push({ column: field, code: `${field}_taken`, values: {} });
      }
    return judged;
  }

  async function add(tx: FleetDatabase, actor: Actor, good: readonly JudgedRow[]): Promise<void> {
    const people = good.map(({ person }) => person);
    const ids: AccountId[] = await accounts.insertMembers(tx, actor, people);
    const tokens = await sessions.createPasswordLinks(tx, ids);
    await notices.enqueueAll(
      tx,
      people.map(({ phone, email, language }, index) => ({
        ...{ scope: actor, language, template: 'account.added' as const },
        channel: phone === null ? ('email' as const) : ('sms' as const),
        // One of the two is there, or the row was refused.
        recipient: phone ?? email ?? '',
        values: { organization: actor.orgName, url: `${publicUrl()}/set-password/${tokens[index]}` },
      })),
    );
  }

  async function run(actor: Actor, filename: string, rows: readonly ImportRow[]): Promise<ImportOutcome> {
    return await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, actor);
      // The role of now: it may have been taken away while the file was read.
      const judged = await judge(await sessions.actorOf(actor.accountId, tx), rows, tx);
      const good = judged.filter(({ faults }) => faults.length === 0);
      await add(tx, actor, good);
      const now = clock.now();
      const id = newId('import', now);
      const kept = judged.map(({ line, cells, faults }) => ({ line, cells, faults }));
      const repository = createImportRepository(tx);
      await repository.removeBefore(new Date(now.getTime() - keptForMs).toISOString());
      await repository.insert({
        ...{ id, orgId: actor.orgId, accountId: actor.accountId, filename, added: good.length },
        ...{ outcome: JSON.stringify(kept), createdAt: now.toISOString() },
      });
      const refused = judged.length - good.length;
      const detail = { name: filename, added: good.length, refused };
      await audit.append(tx, actor, { actor: actor.accountId, action: 'person.imported', subjectId: id, detail });
      await changes.mark(tx, actor, 'people');
      return { id, rows: judged.length, added: good.length, refused };
    });
  }

  return {
    template: templateTable,
    async check(actor, file) {
      const judged = await judge(actor, await readFile(file), db);
      const refused = judged.filter(({ faults }) => faults.length > 0);
      return {
        rows: judged.length,
        good: judged.length - refused.length,
        refused: refused.map(({ line, cells, faults }) => ({ line, name: cells.name.slice(0, 80), faults })),
      };
    },
    async create(actor, file) {
      const rows = await readFile(file);
      for (let tries = 1; ; tries += 1)
        try {
          return await run(actor, file.filename, rows);
        } catch (error) {
          const isTaken = isUniqueViolation(error, 'accounts.phone') || isUniqueViolation(error, 'accounts.email');
          if (!isTaken || tries === mostTries) throw error;
        }
    },
    async result(actor, id, language) {
      const found = await createImportRepository(db).find(actor, id);
      // A row may stand in any department: whoever manages some only sees the own imports.
      if (!found || (actor.managedDepartments !== null && found.accountId !== actor.accountId))
        throw new ProblemError('not_found');
      return resultTable(outcome.parse(JSON.parse(found.outcome)), language);
    },
  };
}

async function readFile({ content }: ImportFile): Promise<ImportRow[]> {
  const tooLarge = { rows: importRowLimit, megabytes: importFileBytes / 1024 / 1024 };
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > importFileBytes) throw new ProblemError('import_file_too_large', tooLarge);
  // The heads, and one more than may be, to know that there are too many.
  const read = await readTable(bytes, importRowLimit + 2);
  if ('lines' in read) {
    if (read.lines.length > importRowLimit + 1) throw new ProblemError('import_file_too_large', tooLarge);
    return readRows(read.lines);
  }
  switch (read.fault) {
    case 'unclosed':
      throw new ProblemError('import_line_broken', { line: read.line });
    case 'too_large':
      throw new ProblemError('import_file_too_large', tooLarge);
    case 'unreadable':
      throw new ProblemError('import_file_unreadable');
  }
}
