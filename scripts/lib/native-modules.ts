// Loads every native module and does one small thing with it. A module that was compiled for another Node or lacks a
// system library installs without a word and fails only when it is loaded; this finds out during the set-up.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const checks: Record<string, () => Promise<void>> = {
  'better-sqlite3': async () => {
    const { default: Database } = await import('better-sqlite3');
    new Database(':memory:').close();
  },
  '@node-rs/argon2': async () => {
    const { hash, verify } = await import('@node-rs/argon2');
    if (!(await verify(await hash('anteroom'), 'anteroom'))) throw new Error('a hash does not verify');
  },
  serialport: async () => {
    const { SerialPort } = await import('serialport');
    const path = '/dev/there-is-no-such-port';
    const refusal = await new Promise<Error | null>((resolve) => {
      const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
      port.open(resolve);
    });
    if (!refusal?.message.includes('No such file')) throw new Error(`${path} opened: ${refusal?.message}`);
  },
  onoff: async () => {
    const { Gpio } = await import('onoff');
    if (typeof Gpio.accessible !== 'boolean') throw new Error('it does not say whether there are lines in sysfs');
  },
  'node-gtk': async () => {
    const gi: { require(name: string, version: string): unknown } = require('node-gtk');
    for (const name of ['Gst', 'GstSdp', 'GstWebRTC']) gi.require(name, '1.0');
  },
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
for (const name of names) {
  const check = checks[name];
  if (check === undefined) throw new Error(`no check is known for the native module ${name}`);
  try {
    await check();
    console.log(`${name} loads`);
  } catch (cause) {
    console.error(`${name} does not load: ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exitCode = 1;
  }
}
