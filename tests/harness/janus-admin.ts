import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { descendantsOf } from './processes.ts';

/** The doors of a Janus that runs below a fleet, as its configuration names them. */
export type JanusDoors = {
  pid: number;
  apiUrl: string;
  apiSecret: string;
  roomAdminKey: string;
  adminUrl: string;
  adminSecret: string;
};

/** The Janus that runs below the fleet with process id `fleetPid`. */
export async function findJanus(fleetPid: number): Promise<JanusDoors> {
  const janus = (await descendantsOf(fleetPid)).find(({ command }) => /^\S*janus /.test(command));
  const configFolder = /-F (\S+)/.exec(janus?.command ?? '')?.[1];
  if (!janus || !configFolder) throw new Error(`fleet ${fleetPid} runs no Janus`);
  const read = async (file: string, key: string) => {
    const value = new RegExp(`^\\s*${key} = "?([^"\\n]+)"?$`, 'm').exec(
      await readFile(`${configFolder}/${file}`, 'utf8'),
    );
    if (!value?.[1]) throw new Error(`${file} has no ${key}`);
    return value[1];
  };
  return {
    pid: janus.pid,
    apiUrl: `ws://127.0.0.1:${await read('janus.transport.websockets.jcfg', 'ws_port')}`,
    apiSecret: await read('janus.jcfg', 'api_secret'),
    roomAdminKey: await read('janus.plugin.videoroom.jcfg', 'admin_key'),
    adminUrl: `ws://127.0.0.1:${await read('janus.transport.websockets.jcfg', 'admin_ws_port')}`,
    adminSecret: await read('janus.jcfg', 'admin_secret'),
  };
}

/** What Janus holds, handle by handle, each read by `info` from its `handle_info` (Janus 1.1, admin API). */
async function readHandles<T>(
  { adminUrl, adminSecret }: JanusDoors,
  info: z.ZodType<T>,
): Promise<{ session: number; handle: number; info: T }[]> {
  const socket = new WebSocket(adminUrl, 'janus-admin-protocol');
  await once(socket, 'open');
  try {
    const ask = async <A>(schema: z.ZodType<A>, request: object): Promise<A> => {
      const answered = once(socket, 'message');
      socket.send(JSON.stringify({ transaction: 'test', admin_secret: adminSecret, ...request }));
      const [answer]: unknown[] = await answered;
      return schema.parse(JSON.parse(String(answer)));
    };
    const held: { session: number; handle: number; info: T }[] = [];
    const { sessions } = await ask(z.object({ sessions: z.array(z.number()) }), { janus: 'list_sessions' });
    for (const session of sessions) {
      const { handles } = await ask(z.object({ handles: z.array(z.number()) }), {
        janus: 'list_handles',
        session_id: session,
      });
      for (const handle of handles) {
        const about = { janus: 'handle_info', session_id: session, handle_id: handle };
        held.push({ session, handle, info: (await ask(z.object({ info }), about)).info });
      }
    }
    return held;
  } finally {
    socket.close();
  }
}

/** A peer connection that Janus holds; `feed` is what it publishes, null for one that receives. */
export type HeldConnection = { session: number; handle: number; feed: string | null };

const connectionOf = z.object({
  plugin_specific: z.object({ type: z.string().optional(), id: z.string().optional() }).optional(),
  webrtc: z.looseObject({}).optional(),
});

/** All peer connections of the Janus that runs below the fleet with process id `fleetPid`. */
export async function listJanusConnections(fleetPid: number): Promise<HeldConnection[]> {
  const handles = await readHandles(await findJanus(fleetPid), connectionOf);
  return handles.flatMap(({ session, handle, info: { plugin_specific: about, webrtc } }) => {
    if (!webrtc) return [];
    return [{ session, handle, feed: about?.type === 'publisher' ? (about.id ?? '') : null }];
  });
}

const lossOf = z.object({
  webrtc: z
    .object({
      media: z.record(
        z.string(),
        z.object({
          rtcp: z.record(z.string(), z.object({ lost: z.number(), 'lost-by-remote': z.number() })).optional(),
        }),
      ),
    })
    .optional(),
});

/** Packets that Janus misses of its publishers, and that its receivers reported as missing, over all streams it holds. */
export async function countJanusLoss(janus: JanusDoors): Promise<number> {
  let lost = 0;
  for (const { info } of await readHandles(janus, lossOf)) {
    const streams = Object.values(info.webrtc?.media ?? {}).flatMap(({ rtcp }) => Object.values(rtcp ?? {}));
    for (const stream of streams) lost += Math.max(0, stream.lost) + Math.max(0, asSigned24(stream['lost-by-remote']));
  }
  return lost;
}

/** Reports carry a signed number of 24 bits, less than none once a packet came twice (RFC 3550, 6.4.1); Janus shows it unsigned. */
function asSigned24(value: number): number {
  return (value << 8) >> 8;
}
