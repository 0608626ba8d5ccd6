import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { descendantsOf } from './processes.ts';

const handleInfo = z.object({
  info: z.object({
    plugin_specific: z.object({ type: z.string().optional(), id: z.string().optional() }).optional(),
    webrtc: z.looseObject({}).optional(),
  }),
});

/** A peer connection that Janus holds; `feed` is what it publishes, null for one that receives. */
export type HeldConnection = { session: number; handle: number; feed: string | null };

/** All peer connections of the Janus that runs below the fleet with process id `fleetPid`, asked of its admin API. */
export async function listJanusConnections(fleetPid: number): Promise<HeldConnection[]> {
  const janus = (await descendantsOf(fleetPid)).find(({ command }) => /^\S*janus /.test(command));
  const configFolder = /-F (\S+)/.exec(janus?.command ?? '')?.[1];
  if (!configFolder) throw new Error(`fleet ${fleetPid} runs no Janus`);
  const read = async (file: string, key: string) => {
    const value = new RegExp(`^\\s*${key} = "?([^"\\n]+)"?$`, 'm').exec(
      await readFile(`${configFolder}/${file}`, 'utf8'),
    );
    if (!value?.[1]) throw new Error(`${file} has no ${key}`);
    return value[1];
  };
  const secret = await read('janus.jcfg', 'admin_secret');
  const port = await read('janus.transport.websockets.jcfg', 'admin_ws_port');
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'janus-admin-protocol');
  await once(socket, 'open');
  try {
    const ask = async <T>(schema: z.ZodType<T>, request: object): Promise<T> => {
      const answered = once(socket, 'message');
      socket.send(JSON.stringify({ transaction: 'test', admin_secret: secret, ...request }));
      const [answer]: unknown[] = await answered;
      return schema.parse(JSON.parse(String(answer)));
    };
    const held: HeldConnection[] = [];
    const { sessions } = await ask(z.object({ sessions: z.array(z.number()) }), { janus: 'list_sessions' });
    for (const session of sessions) {
      const { handles } = await ask(z.object({ handles: z.array(z.number()) }), {
        janus: 'list_handles',
        session_id: session,
      });
      for (const handle of handles) {
        const about = { janus: 'handle_info', session_id: session, handle_id: handle };
        const { info } = await ask(handleInfo, about);
        const isPublisher = info.plugin_specific?.type === 'publisher';
        if (info.webrtc) held.push({ session, handle, feed: isPublisher ? (info.plugin_specific?.id ?? '') : null });
      }
    }
    return held;
  } finally {
    socket.close();
  }
}
