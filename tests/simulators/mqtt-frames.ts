/** One MQTT 3.1.1 control packet as it lay on the wire. */
export type MqttPacket = { type: 'publish' | 'puback' | 'other'; bytes: Buffer };

/** Cuts a stream into whole packets by their fixed header (MQTT 3.1.1, 2.2). */
export function createPacketSplitter(onPacket: (packet: MqttPacket) => void): (chunk: Buffer) => void {
  let waiting = Buffer.alloc(0);
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const header = readHeader(waiting);
      if (!header || waiting.length < header.headerBytes + header.remainingBytes) return;
      const end = header.headerBytes + header.remainingBytes;
      const bytes = waiting.subarray(0, end);
      waiting = waiting.subarray(end);
      onPacket({ type: typeOf(bytes[0] ?? 0), bytes });
    }
  };
}

/** Topic, payload and packet id (null at QoS 0) of a PUBLISH (3.3); null for any other packet. */
export function readPublish(packet: MqttPacket): { topic: string; payload: Buffer; messageId: number | null } | null {
  const header = packet.type === 'publish' ? readHeader(packet.bytes) : null;
  if (!header) return null;
  const topicStart = header.headerBytes + 2;
  const topicEnd = topicStart + packet.bytes.readUInt16BE(header.headerBytes);
  const topic = packet.bytes.toString('utf8', topicStart, topicEnd);
  const qos = ((packet.bytes[0] ?? 0) >> 1) & 3;
  return {
    topic,
    payload: packet.bytes.subarray(qos > 0 ? topicEnd + 2 : topicEnd),
    messageId: qos > 0 ? packet.bytes.readUInt16BE(topicEnd) : null,
  };
}

function readHeader(bytes: Buffer): { headerBytes: number; remainingBytes: number } | null {
  let remainingBytes = 0;
  for (let index = 1; index < bytes.length && index <= 4; index++) {
    const byte = bytes[index] ?? 0;
    remainingBytes += (byte & 0x7f) * 128 ** (index - 1);
    if ((byte & 0x80) === 0) return { headerBytes: index + 1, remainingBytes };
  }
  return null;
}

function typeOf(firstByte: number): MqttPacket['type'] {
  switch (firstByte >> 4) {
    case 3:
      return 'publish';
    case 4:
      return 'puback';
    default:
      return 'other';
  }
}
