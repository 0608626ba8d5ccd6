import { outdatedCaches, wayOf } from './ways.ts';

/**
 * Keeps the shell of the soft client, so that an installed app opens without a network and can say so. It never keeps an
 * answer of the API. A new version waits until a page asks for it, or until no page of the old one is open.
 */
declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: the files of this version, and a name that changes with them. */
declare const __SHELL__: { version: string; files: readonly string[] };

const shell = __SHELL__;
const prefix = 'anteroom-shell-';
const cacheName = `${prefix}${shell.version}`;
const page = '/m/';
/** A network that lets nothing through for so long is none. */
const patienceMs = 4_000;

async function keepShell(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll([new Request(page, { cache: 'no-cache' }), ...shell.files]);
}

async function dropOutdated(): Promise<void> {
  await Promise.all(outdatedCaches(await caches.keys(), prefix).map((name) => caches.delete(name)));
}

async function answerPage(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const kept = await caches.match(page, { cacheName });
    if (!kept) throw error;
    return kept;
  }
}

async function answerFile(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? (await fetch(request));
}

self.addEventListener('install', (event) => event.waitUntil(keepShell()));
self.addEventListener('activate', (event) => event.waitUntil(dropOutdated()));
self.addEventListener('fetch', (event) => {
  const way = wayOf(event.request, self.location.origin);
  if (way === 'page') event.respondWith(answerPage(event.request));
  if (way === 'file') event.respondWith(answerFile(event.request));
});
self.addEventListener('message', (event) => {
  if (event.data === 'takeOver') event.waitUntil(self.skipWaiting());
});
