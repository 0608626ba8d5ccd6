import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CecFacts } from '../../../device/src/drivers/cec/codec.ts';
import { createCecDisplay } from '../../../device/src/drivers/cec/driver.ts';
import { runProgram } from '../../../device/src/transports/run-program.ts';
import { becomes, createBench } from '../bench.ts';
import { createTelevision, plugCable } from './television.ts';

/** Our CEC driver, cec-ctl, and the kernel's CEC between two plugs of vivid. */
const facts: CecFacts = {
  ...{ osdName: 'Anteroom', standbyNeedsActiveSource: true, powerSettlesMs: 30_000 },
  timing: { askEveryMs: 2_000 },
};
const device = '/dev/cec1';
const givePowerStatus = 0x8f;

function createDisplay(t: TestContext) {
  const { keep, signal, ...deps } = createBench(t);
  const display = keep(createCecDisplay({ device, facts, run: runProgram, ...deps }));
  return { display, signal };
}

test('a television is known by its name and its power', async (t) => {
  await using _ = await createTelevision({ name: 'Wall TV', ignores: [] });
  const { display } = createDisplay(t);
  await becomes('name', () => display.state().identity?.value, 'Wall TV');
  assert.equal(display.state().isConnected, true);
  assert.deepEqual([display.state().power?.value, display.state().power?.source], ['on', 'answer']);
});

test('a television is put to standby by the source that it shows, and switched on again', async (t) => {
  await using television = await createTelevision({ name: 'Wall TV', ignores: [] });
  const { display, signal } = createDisplay(t);
  await display.run({ kind: 'setPower', isOn: false }, { signal });
  assert.equal(display.state().power?.value, 'standby');
  const told = () =>
    television.heard.filter((message) => ['ACTIVE_SOURCE', 'STANDBY', 'IMAGE_VIEW_ON'].includes(message)).join(', ');
  await becomes('told to stand by', told, 'ACTIVE_SOURCE, STANDBY');
  await display.run({ kind: 'setPower', isOn: true }, { signal });
  assert.equal(display.state().power?.value, 'on');
  await becomes('told to come on', told, 'ACTIVE_SOURCE, STANDBY, IMAGE_VIEW_ON');
});

test('a television is shown our input', async (t) => {
  await using television = await createTelevision({ name: 'Wall TV', ignores: [] });
  const { display, signal } = createDisplay(t);
  await display.run({ kind: 'setInput', input: 'terminal' }, { signal });
  assert.equal(display.state().input?.value, 'terminal');
  await becomes('told', () => television.heard.includes('ACTIVE_SOURCE'), true);
});

test('a television that does not answer is told from one that is not there', async (t) => {
  const { display, signal } = createDisplay(t);
  {
    await using _ = await createTelevision({ name: 'Wall TV', ignores: [givePowerStatus] });
    await assert.rejects(display.refresh({ signal }), { fault: 'no_answer' });
  }
  await assert.rejects(display.run({ kind: 'setPower', isOn: true }, { signal }), { fault: 'not_connected' });
  assert.equal(display.state().isConnected, false);
  await using _ = await createTelevision({ name: 'Wall TV', ignores: [] });
  await becomes('there again', () => display.state().isConnected, true);
});

test('a cable that is pulled is noticed, and so is one that is put in again', async (t) => {
  await using _ = await createTelevision({ name: 'Wall TV', ignores: [] });
  const { display, signal } = createDisplay(t);
  await becomes('there', () => display.state().isConnected, true);
  await plugCable(false);
  t.after(() => plugCable(true));
  await becomes('gone', () => display.state().isConnected, false);
  await assert.rejects(display.run({ kind: 'setPower', isOn: true }, { signal }), { fault: 'not_connected' });
  await assert.rejects(display.run({ kind: 'setInput', input: 'terminal' }, { signal }), { fault: 'not_connected' });
  assert.equal(display.state().isConnected, false);
  await plugCable(true);
  await becomes('there again', () => display.state().isConnected, true);
  await display.run({ kind: 'setInput', input: 'terminal' }, { signal });
});
