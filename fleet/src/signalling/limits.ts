import { maxFrameBytes, mostVideos } from '@anteroom/shared/signalling/messages.ts';
import type { ForwardingLimits } from './forwarding.ts';
import type { RateLimit } from './rate-limit.ts';

/** `maxPayload` of the WebSocket server: frames above the contract's limit are still read, to be answered with an error. */
export const socketMaxPayloadBytes = 4 * maxFrameBytes;
/** A client that reads so slowly that this much waits for it is disconnected. */
export const maxUnsentBytes = 4 * 1024 * 1024;

/** Joining with two peer connections takes some 30 frames at once, most of them candidates. */
export const frameRate: RateLimit = { burst: 120, perSecond: 30 };
/** The whiteboard has a budget of its own: whoever draws sends some 25 updates each second, and all those of a stalled network at once. */
export const boardFrameRate: RateLimit = { burst: 400, perSecond: 40 };
/** A client that sends this many frames above its rate is disconnected. */
export const maxDroppedFrames = 500;
/** Candidates that may wait for the media connection they belong to. */
export const maxEarlyCandidates = 64;
/** Browsers that opened a socket and do not join are disconnected; terminals may wait for their meeting. */
export const joinWithinMs = 60_000;
/** Sockets of one address that have not joined yet: a school behind one address may join at once. */
export const maxUnjoinedPerAddress = 200;

/** domain: at most nine videos and five voices reach one participant. */
export const forwardingLimits: ForwardingLimits = { videos: mostVideos, voices: 5 };
/** What a receiver shows is followed at once, and then at most this often: each change asks publishers for key frames. */
export const viewEveryMs = 500;
/** What a participant says of its network is told to everybody at most this often, and known for so long. */
export const networkEveryMs = 2_000;
export const networkKnownMs = 20_000;

/**
 * In a meeting of more than `crowdedFrom`, changes within this time are told in one go: each of them goes to everybody.
 */
export const crowdedFrom = 50;
export const tellCrowdEveryMs = 50;

/** Searches of the directory by one host: as fast as somebody types who stops to look. */
export const findRate: RateLimit = { burst: 8, perSecond: 2 };
/** A search that takes longer is given up. */
export const findWithinMs = 3_000;

/** A join waits this long for a media server that is restarting. */
export const mediaWaitMs = 3_000;
/**
 * A subscribe offer that is not answered in this time is made anew, and each further one waits twice as long: simulated
 * terminals without media never answer.
 */
export const answerWithinMs = 10_000;
export const longestAnswerMs = 300_000;
export const renewSeatsEveryMs = 10_000;
export const missedPings = 3;
/** A socket is cut when its peer has not closed it this long after `bye`. */
export const closeWithinMs = 1_000;

export const roomDefaults = { maxVideoKbps: 2_000, keyFrameEveryS: 10 };
/** Admission is asked this often for whoever waits at the door. */
export const askAgainEveryMs = 2_000;

/** A test of the way to the media server: nobody needs a ticket for one. */
export const probeForMs = 15_000;
export const probesAtOnce = 20;
export const probesPerAddress = 4;
export const probeRoomSettings = { publishers: probesAtOnce, maxVideoKbps: 64, keyFrameEveryS: 10 };
