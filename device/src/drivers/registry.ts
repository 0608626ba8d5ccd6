import type { AccessoryLine } from '@anteroom/shared/profile/accessory.ts';
import { cecFacts } from './cec/codec.ts';
import { createCecDisplay } from './cec/driver.ts';
import { createCecSimulator } from './cec/simulator.ts';
import { extronFacts } from './extron/codec.ts';
import { createExtron } from './extron/driver.ts';
import { createExtronSimulator } from './extron/simulator.ts';
import { createGpioPresence, gpioPresenceFacts } from './gpio/presence.ts';
import { createGpioRoomIo, gpioFacts } from './gpio/room-io.ts';
import { createSimulatedGpio } from './gpio/simulator.ts';
import { lgFacts } from './lg/codec.ts';
import { createLgDisplay } from './lg/driver.ts';
import { createLgSimulator } from './lg/simulator.ts';
import { necFacts } from './nec/codec.ts';
import { createNecDisplay } from './nec/driver.ts';
import { createNecSimulator } from './nec/simulator.ts';
import { onvifFacts } from './onvif/codec.ts';
import { createOnvifCamera } from './onvif/driver.ts';
import { createOnvifSimulator } from './onvif/simulator.ts';
import { pjlinkFacts } from './pjlink/codec.ts';
import { createPjlinkDisplay } from './pjlink/driver.ts';
import { createPjlinkSimulator } from './pjlink/simulator.ts';
import { gpioProtocol, lineProtocol, type Protocol, programProtocol } from './protocol.ts';
import { qsysFacts } from './qsys/codec.ts';
import { createQsys } from './qsys/driver.ts';
import { createQsysSimulator } from './qsys/simulator.ts';
import { samsungMdcFacts } from './samsung-mdc/codec.ts';
import { createSamsungDisplay } from './samsung-mdc/driver.ts';
import { createSamsungSimulator } from './samsung-mdc/simulator.ts';
import { shureFacts } from './shure/codec.ts';
import { createShure } from './shure/driver.ts';
import { createShureSimulator } from './shure/simulator.ts';
import { tesiraFacts } from './tesira/codec.ts';
import { createTesira } from './tesira/driver.ts';
import { createTesiraSimulator } from './tesira/simulator.ts';
import { uvcFacts } from './uvc/codec.ts';
import { createUvcCamera } from './uvc/driver.ts';
import { createUvcSimulator } from './uvc/simulator.ts';
import { viscaFacts } from './visca/codec.ts';
import { createViscaCamera } from './visca/driver.ts';
import type { Framing } from './visca/exchanges.ts';
import { createViscaSimulator } from './visca/simulator.ts';

/** How long a simulated camera takes from one end to the other. */
const moveMs = 1_500;

const framingOf = (wire: AccessoryLine): Framing =>
  wire.transport === 'udp' && wire.hasSonyHeader ? 'packets' : 'serial';

/** Only class 2 says anything unasked. */
const pjlinkClassOf = (wire: AccessoryLine): 1 | 2 =>
  wire.transport === 'tcp' && wire.noticePort !== undefined ? 2 : 1;

const accessOf = (user: string, password: string) => (user === '' ? null : { user, password });

/** Over SSH, the line says who asks; a serial line is asked nothing. */
const telnetAccess = (wire: AccessoryLine, user: string, password: string) =>
  wire.transport === 'tcp' ? accessOf(user, password) : null;

/** The protocols that a profile may name. A new one is one row here and one folder beside. */
export const protocols: Readonly<Record<string, Protocol>> = {
  visca: lineProtocol('camera', viscaFacts, {
    transports: ['serial', 'tcp', 'udp'],
    drive: (facts, { line, wire, clock, log }) => ({
      kind: 'camera',
      device: createViscaCamera({ line, facts, framing: framingOf(wire), clock, log }),
    }),
    simulate: (facts, { wire, identity, mode, warmUpMs, clock }) =>
      createViscaSimulator({ facts, identity, framing: framingOf(wire), mode, warmUpMs, moveMs, clock }),
  }),
  onvif: lineProtocol('camera', onvifFacts, {
    transports: ['http'],
    drive: (facts, { line, user, password, clock, log }) => ({
      kind: 'camera',
      device: createOnvifCamera({ line, facts, access: accessOf(user, password), clock, log }),
    }),
    simulate: (facts, { user, password, mode, clock }) =>
      createOnvifSimulator({ facts, access: accessOf(user, password), mode, moveMs, clock }),
  }),
  'samsung-mdc': lineProtocol('display', samsungMdcFacts, {
    transports: ['serial', 'tcp', 'tls'],
    drive: (facts, { line, clock, log }) => ({
      kind: 'display',
      device: createSamsungDisplay({ line, facts, clock, log }),
    }),
    simulate: (facts, { mode, warmUpMs, clock }) => createSamsungSimulator({ facts, mode, warmUpMs, clock }),
  }),
  pjlink: lineProtocol('display', pjlinkFacts, {
    transports: ['tcp'],
    drive: (facts, { line, password, clock, log }) => ({
      kind: 'display',
      device: createPjlinkDisplay({ line, facts, password, clock, log }),
    }),
    simulate: (facts, { wire, password, mode, warmUpMs, clock }) =>
      createPjlinkSimulator({ facts, pjlinkClass: pjlinkClassOf(wire), password, mode, warmUpMs, clock }),
  }),
  lg: lineProtocol('display', lgFacts, {
    transports: ['serial', 'tcp'],
    drive: (facts, { line, clock, log }) => ({ kind: 'display', device: createLgDisplay({ line, facts, clock, log }) }),
    simulate: (facts, { mode, warmUpMs, clock }) => createLgSimulator({ facts, mode, warmUpMs, clock }),
  }),
  nec: lineProtocol('display', necFacts, {
    transports: ['serial', 'tcp'],
    drive: (facts, { line, clock, log }) => ({
      kind: 'display',
      device: createNecDisplay({ line, facts, clock, log }),
    }),
    simulate: (facts, { mode, warmUpMs, clock }) => createNecSimulator({ facts, mode, warmUpMs, clock }),
  }),
  'tesira-ttp': lineProtocol('audioProcessor', tesiraFacts, {
    transports: ['serial', 'tcp', 'ssh'],
    drive: (facts, { line, wire, user, password, clock, log }) => ({
      kind: 'audioProcessor',
      device: createTesira({ line, facts, access: telnetAccess(wire, user, password), clock, log }),
    }),
    simulate: (facts, { wire, user, password, mode, clock }) =>
      createTesiraSimulator({ facts, access: telnetAccess(wire, user, password), mode, clock }),
  }),
  'extron-sis': lineProtocol('switcher', extronFacts, {
    transports: ['serial', 'tcp'],
    drive: (facts, { line, password, clock, log }) => ({
      kind: 'switcher',
      device: createExtron({ line, facts, password: password === '' ? null : password, clock, log }),
    }),
    simulate: (facts, { password, mode, clock }) =>
      createExtronSimulator({ facts, password: password === '' ? null : password, mode, clock }),
  }),
  shure: lineProtocol('audioProcessor', shureFacts, {
    transports: ['tcp'],
    drive: (facts, { line, clock, log }) => ({
      kind: 'audioProcessor',
      device: createShure({ line, facts, clock, log }),
    }),
    simulate: (facts, { mode, clock }) => createShureSimulator({ facts, mode, clock }),
  }),
  'qsys-qrc': lineProtocol('audioProcessor', qsysFacts, {
    transports: ['tcp'],
    drive: (facts, { line, user, password, clock, log }) => ({
      kind: 'audioProcessor',
      device: createQsys({ line, facts, access: accessOf(user, password), clock, log }),
    }),
    simulate: (facts, { user, password, mode, clock }) =>
      createQsysSimulator({ facts, access: accessOf(user, password), mode, clock }),
  }),
  gpio: gpioProtocol('roomIo', gpioFacts, {
    drive: (facts, { lines, clock, log }) => ({
      kind: 'roomIo',
      device: createGpioRoomIo({ facts, lines, clock, log }),
    }),
    simulate: (facts) => createSimulatedGpio(facts),
  }),
  'gpio-presence': gpioProtocol('presenceSensor', gpioPresenceFacts, {
    drive: (facts, { lines, clock, log }) => ({
      kind: 'presenceSensor',
      device: createGpioPresence({ facts, lines, clock, log }),
    }),
    simulate: ({ contact }) => createSimulatedGpio({ outputs: {}, contacts: { presence: contact } }),
  }),
  cec: programProtocol('display', cecFacts, {
    transports: ['cec'],
    drive: (facts, { device, run, clock, log }) => ({
      kind: 'display',
      device: createCecDisplay({ device, facts, run, clock, log }),
    }),
    simulate: (_facts, { warmUpMs, clock }) => createCecSimulator({ warmUpMs, clock }),
  }),
  uvc: programProtocol('camera', uvcFacts, {
    transports: ['v4l2'],
    drive: (facts, { device, run, clock, log }) => ({
      kind: 'camera',
      device: createUvcCamera({ device, facts, run, clock, log }),
    }),
    simulate: ({ controls }) => createUvcSimulator({ controls }),
  }),
};
