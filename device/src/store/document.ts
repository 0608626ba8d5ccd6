import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { z } from 'zod';
import { type Document, StoreError } from '../ports/store.ts';
import { type FileSystem, keepAside, readFileIfThere, removeFile, replaceFile } from './durable-file.ts';

/** One JSON file, checked against its schema whenever it is read. */
export function createDocument<T>(deps: {
  fs: FileSystem;
  clock: Clock;
  path: string;
  schema: z.ZodType<T>;
}): Document<T> {
  const { fs, clock, path, schema } = deps;
  let tail: Promise<unknown> = Promise.resolve();

  /** One access after the other: two writers would share the file beside. */
  function inTurn<R>(access: () => Promise<R>): Promise<R> {
    const result = tail.then(access);
    tail = result.catch(() => undefined);
    return result;
  }

  async function read(): Promise<T | null> {
    const bytes = await readFileIfThere(fs, path);
    if (bytes === null) return null;
    const parsed = parse(bytes, schema);
    if (parsed.ok) return parsed.value;
    const keptAs = await keepAside(fs, path, clock.now());
    throw new StoreError('corrupt', path, `is damaged (${parsed.fault}); kept as ${keptAs}`, {
      cause: parsed.cause,
      keptAs,
    });
  }

  return {
    read: () => inTurn(read),
    write: (value) => inTurn(() => replaceFile(fs, path, `${JSON.stringify(value)}\n`)),
    remove: () => inTurn(() => removeFile(fs, path)),
  };
}

type Parsed<T> = { ok: true; value: T } | { ok: false; fault: string; cause: unknown };

function parse<T>(bytes: Buffer, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return { ok: false, fault: 'not JSON', cause };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, fault: `${issue?.code ?? 'invalid'} at ${issue?.path.join('.') ?? ''}`, cause: parsed.error };
}
