import { writeToStream } from 'mqtt-packet';

/**
 * The MQTT library keeps 65,536 ready-made buffers, one for each 16-bit number of the protocol, to save an allocation
 * per packet: 7 MB that a terminal with a few packets a minute has better use for.
 */
export function keepMqttLean(): void {
  writeToStream.cacheNumbers = false;
}
