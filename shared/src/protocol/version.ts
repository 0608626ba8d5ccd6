/**
 * Version of what terminals and fleet say to each other on MQTT and signalling.
 * A changed message bumps it, with one line here; old golden fixtures stay and must still parse.
 *
 * - 1 (2026-11-23): first version.
 */
export const PROTOCOL_VERSION = 1;
