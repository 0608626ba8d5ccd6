import { parentPort } from 'node:worker_threads';
import { readCodeInJpeg } from './codes.ts';

/** Reads codes on a thread of its own: see `createCodeReader`. */
parentPort?.on('message', (picture: Uint8Array) => parentPort?.postMessage(readCodeInJpeg(picture)));
