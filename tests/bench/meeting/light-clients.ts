import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ClientMessage } from '@anteroom/shared/signalling/messages.ts';
import { type ClientsSetup, type Order, type Reception, type Report, report } from './orders.ts';

/** The light clients of one meeting, in a few processes, as the bench drives them. */
export type LightClients = AsyncDisposable & {
  readonly pids: readonly number[];
  /** Resolves with the milliseconds from sending the join until somebody else's first packet. */
  join(client: number): Promise<number>;
  speak(client: number, isSpeaking: boolean): void;
  say(client: number, message: ClientMessage): void;
  /** Of every client. */
  count(): Promise<Reception[]>;
};

const script = join(import.meta.dirname, 'clients-process.ts');
const answerWithinMs = 30_000;
const mostWordsKept = 2_000;

/** One process for each of `setups`; clients are numbered through, those of the first process first. */
export async function startLightClients(setups: readonly ClientsSetup[]): Promise<LightClients> {
  await using starting = new AsyncDisposableStack();
  const crews: Crew[] = [];
  for (const setup of setups) crews.push(starting.use(startCrew(setup)));
  const seats = setups.flatMap((setup, at) =>
    (setup.through === 'fleet' ? setup.tickets : setup.feeds).map((_one, client) => ({ crew: crews[at], client })),
  );
  await Promise.all(crews.map((crew) => crew.hear('ready')));
  const owned = starting.move();

  function seatOf(number: number): { crew: Crew; client: number } {
    const { crew, client } = seats[number] ?? {};
    if (!crew || client === undefined) throw new Error(`there is no client ${number}`);
    return { crew, client };
  }

  return {
    pids: crews.map(({ pid }) => pid),
    async join(number) {
      const { crew, client } = seatOf(number);
      const first = crew.hear('firstPacket', (heard) => heard.client === client);
      crew.send({ order: 'join', client });
      return (await first).afterMs;
    },
    speak(number, isSpeaking) {
      const { crew, client } = seatOf(number);
      crew.send({ order: 'speak', client, isSpeaking });
    },
    say(number, message) {
      const { crew, client } = seatOf(number);
      crew.send({ order: 'say', client, message });
    },
    async count() {
      const counted = crews.map(async (crew) => {
        const answer = crew.hear('counted');
        crew.send({ order: 'count' });
        return (await answer).receptions;
      });
      return (await Promise.all(counted)).flat();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

type Heard<K extends Report['report']> = Extract<Report, { report: K }>;

type Crew = ReturnType<typeof startCrew>;

function startCrew(setup: ClientsSetup) {
  const child: ChildProcess = fork(script, [JSON.stringify(setup)], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  const { pid } = child;
  if (pid === undefined) throw new Error('a process of light clients did not start');
  const failed = new AbortController();
  const exited = once(child, 'exit');
  // GStreamer's warnings about streams that it meets before their description are no fault.
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-mostWordsKept);
  });
  child.on('exit', (code, signal) => failed.abort(new Error(`light clients ended (${signal ?? code}): ${words}`)));
  child.on('message', (raw) => {
    const heard = report.parse(raw);
    if (heard.report === 'fault') failed.abort(new Error(`light client: ${heard.detail}`));
  });

  function hear<K extends Report['report']>(kind: K, accepts: (heard: Heard<K>) => boolean = () => true) {
    const signal = AbortSignal.any([failed.signal, AbortSignal.timeout(answerWithinMs)]);
    return new Promise<Heard<K>>((resolve, reject) => {
      const stop = () => {
        child.off('message', onMessage);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        stop();
        reject(new Error(`light clients did not answer with ${kind}`, { cause: signal.reason }));
      };
      const onMessage = (raw: unknown) => {
        const heard = report.parse(raw);
        // The kind is compared right here.
        if (heard.report !== kind || !accepts(heard as Heard<K>)) return;
        stop();
        resolve(heard as Heard<K>);
      };
      child.on('message', onMessage);
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  const send = (given: Order) => {
    failed.signal.throwIfAborted();
    child.send(given);
  };

  return {
    ...{ pid, hear, send },
    /** Everybody leaves, so that the server holds nothing of them; the process is killed, as pipelines may hang at their end. */
    async [Symbol.asyncDispose]() {
      if (!failed.signal.aborted) {
        const left = hear('left');
        send({ order: 'leave' });
        await left;
      }
      child.kill('SIGKILL');
      await exited;
    },
  };
}
