import type { AccessoryLine, DeviceKind, Transport } from '@anteroom/shared/profile/accessory.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { GpioLines } from '../ports/gpio-lines.ts';
import type { Line } from '../ports/line.ts';
import type { RunProgram } from '../ports/programs.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import type { SimulatedDevice, SimulatorMode } from '../ports/simulated-device.ts';

type CommonContext = { clock: Clock; log: Logger };

/** Bytes go to and fro: a serial port, TCP, UDP. */
export type LineContext = CommonContext & {
  line: Line;
  /** The kind of line, as the profile has it. */
  wire: AccessoryLine;
  /** What the device asks for; empty where it asks for nothing. */
  user: string;
  password: string;
};
/** The kernel has it as lines of a chip. */
export type GpioContext = CommonContext & { lines: GpioLines };
/** The kernel has it as a device that a program of the system speaks to. */
export type ProgramContext = CommonContext & { device: string; run: RunProgram };

export type SimulatorContext = {
  wire: AccessoryLine;
  /** What the model answers when it is asked who it is, where its profile knows it. */
  identity: string | null;
  user: string;
  password: string;
  mode: SimulatorMode;
  /** From power on until it does what it is told. */
  warmUpMs: number;
  clock: Clock;
};

/** What makes a device of what leads to it. */
export type Drive =
  | { over: 'line'; drive(context: LineContext): RoomDevice }
  | { over: 'gpio'; drive(context: GpioContext): RoomDevice }
  | { over: 'program'; drive(context: ProgramContext): RoomDevice };

/** A driver and its simulator, with a profile's facts. */
export type Model = Drive & { simulate(context: SimulatorContext): SimulatedDevice };

export type Protocol = {
  kind: DeviceKind;
  transports: readonly Transport[];
  facts: z.ZodType;
  /** Throws a ZodError that names each wrong fact. */
  read(facts: unknown): Model;
};

type Row<Facts, Context> = {
  transports: readonly Transport[];
  drive(facts: Facts, context: Context): RoomDevice;
  simulate(facts: Facts, context: SimulatorContext): SimulatedDevice;
};

function protocol<Facts, Context>(
  kind: DeviceKind,
  schema: z.ZodType<Facts>,
  row: Row<Facts, Context>,
  over: (drive: (context: Context) => RoomDevice) => Drive,
): Protocol {
  return {
    kind,
    transports: row.transports,
    facts: schema,
    read(given) {
      const facts = schema.parse(given);
      return {
        ...over((context) => row.drive(facts, context)),
        simulate: (context) => row.simulate(facts, context),
      };
    },
  };
}

export const lineProtocol = <Facts>(
  kind: DeviceKind,
  schema: z.ZodType<Facts>,
  row: Row<Facts, LineContext>,
): Protocol => protocol(kind, schema, row, (drive) => ({ over: 'line', drive }));

export const gpioProtocol = <Facts>(
  kind: DeviceKind,
  schema: z.ZodType<Facts>,
  row: Omit<Row<Facts, GpioContext>, 'transports'>,
): Protocol => protocol(kind, schema, { ...row, transports: ['gpio'] }, (drive) => ({ over: 'gpio', drive }));

export const programProtocol = <Facts>(
  kind: DeviceKind,
  schema: z.ZodType<Facts>,
  row: Row<Facts, ProgramContext>,
): Protocol => protocol(kind, schema, row, (drive) => ({ over: 'program', drive }));
