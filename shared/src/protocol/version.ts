/**
 * Version of what terminals and fleet say to each other on MQTT and signalling.
 * A changed message bumps it, with one line here; old golden fixtures stay and must still parse.
 *
 * - 1 (2026-11-23): first version.
 * - 2 (2026-11-26): a ring says who calls; terminals may answer by themselves or not be disturbed, and tell when they
 *   declined or missed a ring.
 * - 3 (2026-11-27): signalling: participants tell trouble with their network (`network`), terminals their mute key
 *   (`roomMute`), and the roster says both; they point on the whiteboard (`boardPoint`, `boardPointed`). A terminal's
 *   settings say what a call begins with that was started remotely.
 */
export const PROTOCOL_VERSION = 3;
