/** How long a meeting client waits before it tries again; the last of several holds for all further tries. */
export const reconnectDelaysMs = [0, 250, 500, 1_000, 2_000, 4_000];
export const refusedRetryMs = 2_000;
/** A peer connection that is `disconnected` for this long is given up. */
export const disconnectedForMs = 4_000;
export const publishAgainMs = 1_000;
