import { describe, expect, test } from 'vitest';
import { judge, ruleNames } from './rules.ts';
import { readFacts } from './source-facts.ts';

function rulesBrokenBy(path: string, text: string): string[] {
  return judge(readFacts(path, text)).map(({ rule }) => rule);
}

const sins: [rule: string, path: string, text: string][] = [
  ['shared is pure', 'shared/src/ids.ts', "import { randomBytes } from 'node:crypto';"],
  ['shared is pure', 'shared/src/ids.ts', "import { readFile } from 'fs/promises';"],
  ['shared is pure', 'shared/src/ids.ts', "export * from '@anteroom/device/src/main.ts';"],
  ['shared is pure', 'shared/src/ids.ts', "import { DateTime } from 'luxon';"],
  ['shared is pure', 'shared/src/ids.ts', "import * as Y from 'yjs';"],
  [
    'hardware profiles are read, never imported',
    'device/src/main.ts',
    "import x from '../../hardware-profiles/a.json';",
  ],
  [
    'terminal and fleet are strangers',
    'device/src/link/agent.ts',
    "import type { A } from '@anteroom/fleet/src/app.ts';",
  ],
  ['terminal and fleet are strangers', 'fleet/src/app.ts', "const agent = await import('../../device/src/main.ts');"],
  ['terminal and fleet are strangers', 'device/src/agent.test.ts', "import '../../fleet/src/server.ts';"],
  ['a driver knows its port only', 'device/src/drivers/visca/driver.ts', "import { a } from '../pelco/codec.ts';"],
  [
    'a driver knows its port only',
    'device/src/drivers/visca/driver.ts',
    "import { a } from '../../reconcile/plan.ts';",
  ],
  ['media knows ports only', 'device/src/media/process.ts', "import { a } from '../link/client.ts';"],
  [
    'the reconcile loop plans, it does not drive',
    'device/src/reconcile/plan.ts',
    "import '../drivers/visca/driver.ts';",
  ],
  ['the reconcile loop plans, it does not drive', 'device/src/reconcile/plan.ts', "import '../media/process.ts';"],
  ['the room knows ports only', 'device/src/room/plan.ts', "import '../drivers/visca/driver.ts';"],
  ['fleet modules go one way', 'fleet/src/modules/rooms/routes.ts', "import { a } from './repository.ts';"],
  ['fleet modules go one way', 'fleet/src/modules/rooms/messages.ts', "import { a } from '../../db/schema.ts';"],
  ['fleet modules go one way', 'fleet/src/modules/rooms/service.ts', "import { a } from './routes.ts';"],
  ['fleet modules go one way', 'fleet/src/modules/rooms/service.ts', "import { sql } from 'kysely';"],
  ['fleet modules go one way', 'fleet/src/modules/rooms/service.ts', "import '../../db/migrations/0001-first.ts';"],
  ['fleet modules go one way', 'fleet/src/modules/rooms/repository.ts', "import type { A } from './service.ts';"],
  ['modules meet at their services', 'fleet/src/modules/rooms/service.ts', "import '../meetings/repository.ts';"],
  ['browser code uses shared and shared/ui only', 'fleet/client/src/a.tsx', "import '@anteroom/fleet/src/app.ts';"],
  ['browser code uses shared and shared/ui only', 'device/panel/src/a.tsx', "import { join } from 'node:path';"],
  ['browser code uses shared and shared/ui only', 'shared/ui/src/a.tsx', "import '@anteroom/panel/src/app.tsx';"],
  [
    'programs do not reach into browser code, scripts or tests',
    'fleet/src/app.ts',
    "type A = import('@anteroom/ui/signalling/client.ts').A;",
  ],
  ['workspaces are imported by name', 'device/src/main.ts', "import { a } from '../../shared/src/ids.ts';"],
  ['imports name a file', 'device/src/main.ts', "import { a } from './ports';"],
  ['imports name a file', 'device/src/main.ts', "import { a } from '@anteroom/shared/ids';"],
  ['at most 400 lines', 'fleet/src/app.ts', '\n'.repeat(401)],
  ['names are kebab-case', 'fleet/src/mediaNodes/janus.ts', ''],
  ['names are kebab-case', 'fleet/src/Janus.ts', ''],
  ['no empty names', 'fleet/src/seat-manager.ts', ''],
  ['no empty names', 'fleet/src/utils/dates.ts', ''],
  ['no empty names', 'shared/src/index.ts', ''],
  ['only main.ts and server.ts read the environment', 'fleet/src/app.ts', 'const port = process.env.PORT;'],
  ['only main.ts and server.ts read the environment', 'fleet/src/app.ts', "const port = process['env'].PORT;"],
  ['only main.ts and server.ts read the environment', 'fleet/src/app.ts', "import { env } from 'node:process';"],
  ['only the root of a process exits it', 'device/src/media/pipeline.ts', 'process.exit(1);'],
  ['no module-level let', 'device/src/link/agent.ts', 'export let connections = 0;'],
  ['no module-level let', 'shared/src/ids.ts', 'let last: string | undefined;'],
  ['programs log, they do not print', 'fleet/src/app.ts', "console.log('hello');"],
];

describe('a breach is found', () => {
  test.each(sins)('%s: %s: %s', (rule, path, text) => {
    expect(rulesBrokenBy(path, text)).toContain(rule);
  });

  test('for every rule there is', () => {
    expect(new Set(sins.map(([rule]) => rule))).toEqual(new Set(ruleNames));
  });
});

const virtues: [path: string, text: string][] = [
  ['shared/src/ids.ts', "import { z } from 'zod'; import { a } from './text.ts'; // process.env is only named here"],
  ['shared/src/ids.test.ts', "import { readFileSync } from 'node:fs'; import { test } from 'vitest';"],
  [
    'device/src/main.ts',
    "import { a } from './drivers/visca/driver.ts'; const port = process.env.PORT; process.exit(0);",
  ],
  [
    'device/src/drivers/visca/driver.ts',
    "import './codec.ts'; import '../../ports/serial.ts'; import '@anteroom/shared/ids.ts';",
  ],
  ['device/src/reconcile/plan.ts', "import '../media/graph.ts'; import type { A } from '../ports/display.ts';"],
  ['fleet/src/modules/rooms/routes.ts', "import './service.ts'; import '../meetings/service.ts';"],
  ['fleet/src/modules/rooms/service.ts', "import './repository.ts'; import type { A } from '../../db/database.ts';"],
  ['device/panel/src/locales/zh-CN.ts', ''],
  ['shared/src/whiteboard/document.ts', "import * as Y from 'yjs';"],
  ['fleet/client/vite.config.ts', "import { a } from '../../scripts/lib/whiteboard-fonts.ts';"],
  ['device/src/agent/start.ts', "import manifest from '../../package.json' with { type: 'json' };"],
  [
    'tests/e2e/pages/panel/panel-server.ts',
    "import { createServer } from 'node:http'; import '../../../harness/rig.ts';",
  ],
  ['fleet/src/modules/rooms/repository.ts', "import { sql } from 'kysely'; import '../../db/schema.ts';"],
  [
    'fleet/client/src/app.tsx',
    "import '@anteroom/ui/theme.css'; import '@anteroom/shared/ids.ts'; import './join.tsx';",
  ],
  ['fleet/src/app.ts', "function count() { let n = 0; n += 1; return n; } const words = 'console.log(process.env)';"],
  ['scripts/start.ts', "console.log(process.env.HOME); import '../device/src/main.ts'; process.exit(0);"],
];

test.each(virtues)('%s is left in peace: %s', (path, text) => {
  expect(rulesBrokenBy(path, text)).toEqual([]);
});
