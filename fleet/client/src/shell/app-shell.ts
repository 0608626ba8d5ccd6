/**
 * The client as an app: kept by a service worker so that it opens without a network, renewed when the person wants, and
 * installed where the browser offers it.
 */
export type AppShellState = { isOnline: boolean; hasNewVersion: boolean; canInstall: boolean };

export interface AppShell {
  state(): AppShellState;
  subscribe(listener: () => void): () => void;
  /** Goes over to the new version; the page loads again. */
  renew(): void;
  install(): Promise<void>;
}

export type AppShellDeps = {
  /** Missing on an address without TLS. */
  serviceWorker: ServiceWorkerContainer | undefined;
  page: Window;
};

/** Chromium's offer to install (W3C manifest incubations); no other browser has it. */
type InstallOffer = Event & { prompt(): Promise<unknown> };

const isInstallOffer = (event: Event): event is InstallOffer => 'prompt' in event;

export function createAppShell({ serviceWorker, page }: AppShellDeps): AppShell {
  const listeners = new Set<() => void>();
  let current: AppShellState = { isOnline: page.navigator.onLine, hasNewVersion: false, canInstall: false };
  let waiting: ServiceWorker | null = null;
  let offer: InstallOffer | null = null;

  function update(change: Partial<AppShellState>): void {
    current = { ...current, ...change };
    for (const listener of listeners) listener();
  }

  function follow(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer): void {
    const look = () => {
      // Without a controller it is the first version that was ever kept: the page already is of it.
      if (!registration.waiting || !container.controller) return;
      waiting = registration.waiting;
      update({ hasNewVersion: true });
    };
    look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
    });
    page.document.addEventListener('visibilitychange', () => {
      if (page.document.visibilityState !== 'visible') return;
      registration.update().catch(() => undefined); // No network: asked again next time.
    });
  }

  function keep(container: ServiceWorkerContainer): void {
    container.register('/client/worker.js', { scope: '/m/', updateViaCache: 'none' }).then(
      (registration) => follow(registration, container),
      (error: unknown) => {
        // Not kept: a private window, or no network. Everything else works.
        if (!(error instanceof DOMException || error instanceof TypeError)) reportError(error);
      },
    );
  }

  page.addEventListener('online', () => update({ isOnline: true }));
  page.addEventListener('offline', () => update({ isOnline: false }));
  page.addEventListener('beforeinstallprompt', (event) => {
    if (!isInstallOffer(event)) return;
    event.preventDefault();
    offer = event;
    update({ canInstall: true });
  });
  page.addEventListener('appinstalled', () => update({ canInstall: false }));
  if (serviceWorker) {
    // What the page itself needs comes first.
    if (page.document.readyState === 'complete') keep(serviceWorker);
    else page.addEventListener('load', () => keep(serviceWorker), { once: true });
  }

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    renew() {
      serviceWorker?.addEventListener('controllerchange', () => page.location.reload(), { once: true });
      waiting?.postMessage('takeOver');
    },
    async install() {
      const offered = offer;
      // An offer can be taken once.
      offer = null;
      update({ canInstall: false });
      await offered?.prompt();
    },
  };
}
