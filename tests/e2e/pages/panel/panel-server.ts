import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normalize } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { toProblem } from '@anteroom/shared/errors/problem.ts';
import { noAnswer, type SearchResult } from '@anteroom/shared/meeting/calling.ts';
import { type DeviceTouch, deviceTouch, type PanelDevices } from '@anteroom/shared/panel/devices.ts';
import { panelSearch } from '@anteroom/shared/panel/search.ts';
import { type PanelState, type PanelTouch, panelTouch } from '@anteroom/shared/panel/state.ts';
import jpeg from 'jpeg-js';
import QRCode from 'qrcode';
import { readBuilt } from '../built-file.ts';

/**
 * Stands in for the agent's panel API: serves the built bundle and the states that a test tells it, and remembers the
 * touches. It decides nothing.
 */
export type PanelServer = AsyncDisposable & {
  url: string;
  touches: PanelTouch[];
  deviceTouches: DeviceTouch[];
  searches: string[];
  /** What searches come to. */
  found: SearchResult;
  /** Shows a state on every open screen, and on those that come. */
  show: (state: PanelState) => void;
  /** Tells of the devices beside the terminal to every open screen that follows them, and to those that come. */
  showDevices: (devices: PanelDevices) => void;
  /** How many follow them now. */
  deviceStreams: () => number;
  /** Of the state that is shown. */
  revision: () => number;
  /** Cuts every stream and refuses new ones until `comeBack`, as an agent that died. */
  die: () => void;
  comeBack: () => void;
  /** Answers touches with a problem. */
  refuseTouches: (isRefusing: boolean) => void;
};

/** The agent's own. */
const securityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'";

export async function startPanelServer({ dist, first }: { dist: string; first: PanelState }): Promise<PanelServer> {
  let current = first;
  let isDead = false;
  let isRefusing = false;
  let frame = 0;
  const streams = new Set<ServerResponse>();
  let devices: PanelDevices = { serverTime: first.serverTime, language: first.language, devices: [] };
  const deviceStreams = new Set<ServerResponse>();
  const touches: PanelTouch[] = [];
  const deviceTouches: DeviceTouch[] = [];
  const searches: string[] = [];
  let found = noAnswer;

  const send = (stream: ServerResponse) => stream.write(`event: state\ndata: ${JSON.stringify(current)}\n\n`);

  const sendDevices = (stream: ServerResponse) => stream.write(`event: devices\ndata: ${JSON.stringify(devices)}\n\n`);

  function openStream(response: ServerResponse, open: Set<ServerResponse>) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    open.add(response);
    response.on('close', () => open.delete(response));
  }

  async function takeTouch(request: IncomingMessage, response: ServerResponse, take: (touch: unknown) => void) {
    const body = await readText(request);
    if (isRefusing) {
      const refused = toProblem('not_ready', current.language);
      response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify(refused));
      return;
    }
    take(JSON.parse(body));
    response.writeHead(202).end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? '/', 'http://panel');
    response.setHeader('content-security-policy', securityPolicy);
    if (isDead) {
      request.socket.destroy();
    } else if (pathname === '/api/state') {
      openStream(response, streams);
      send(response);
    } else if (pathname === '/api/devices') {
      openStream(response, deviceStreams);
      sendDevices(response);
    } else if (pathname === '/api/touches') {
      await takeTouch(request, response, (touch) => touches.push(panelTouch.parse(touch)));
    } else if (pathname === '/api/devices/touches') {
      await takeTouch(request, response, (touch) => deviceTouches.push(deviceTouch.parse(touch)));
    } else if (pathname === '/api/searches') {
      const { text } = panelSearch.parse(JSON.parse(await readText(request)));
      searches.push(text);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
    } else if (pathname === '/api/qr.svg') {
      const text = current.binding.state === 'pairing' ? current.binding.claimUrl : 'none';
      const svg = await QRCode.toString(text, { type: 'svg', margin: 2, color: { dark: '#14191F', light: '#FFF6E6' } });
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(svg);
    } else if (pathname === '/api/self.jpg' || pathname === '/api/display.jpg') {
      frame += 1;
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(testPicture(pathname === '/api/self.jpg', frame));
    } else {
      await serveFile(pathname, response);
    }
  }

  async function serveFile(pathname: string, response: ServerResponse) {
    const isPage = pathname === '/' || pathname === '/display' || pathname.startsWith('/panel/');
    const path = normalize(isPage ? '/index.html' : pathname);
    try {
      const { bytes, headers } = await readBuilt(dist, path);
      response.writeHead(200, headers).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    touches,
    deviceTouches,
    searches,
    get found() {
      return found;
    },
    set found(next) {
      found = next;
    },
    show: (state) => {
      current = { ...state, revision: current.revision + 1 };
      for (const stream of streams) send(stream);
    },
    showDevices: (next) => {
      devices = next;
      for (const stream of deviceStreams) sendDevices(stream);
    },
    deviceStreams: () => deviceStreams.size,
    revision: () => current.revision,
    die: () => {
      isDead = true;
      server.closeAllConnections();
    },
    comeBack: () => {
      isDead = false;
    },
    refuseTouches: (next) => {
      isRefusing = next;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A room in flat colours; a bar moves with each frame. */
function testPicture(isSelf: boolean, frame: number): Buffer {
  const width = 640;
  const height = 360;
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isBar = x >= (frame * 8) % width && x < ((frame * 8) % width) + 12;
      const isTable = y > 250 && x > 120 + (y - 250) && x < 520 - (y - 250);
      const shade = 40 + Math.round(y / 12);
      const [r, g, b] = isBar
        ? [255, 221, 166]
        : isTable
          ? [122, 90, 58]
          : [shade, shade + 8, shade + (isSelf ? 16 : 40)];
      data.set([r ?? 0, g ?? 0, b ?? 0, 255], (y * width + x) * 4);
    }
  }
  return jpeg.encode({ data, width, height }, 70).data;
}
