import { contentPublishDescription } from './content-graph.ts';
import { createSendingPipeline, type SendingPipelineDeps } from './sending-pipeline.ts';
import type { MediaSetup } from './setup.ts';

export type ContentPublisherDeps = Omit<SendingPipelineDeps, 'describe' | 'onConnected'> & {
  input: NonNullable<MediaSetup['contentInput']>;
  encoder: MediaSetup['encoder'];
};

export type ContentPublisher = ReturnType<typeof createContentPublisher>;

/** The `content` connection with its encoders: a pipeline for each offer, fed from the channels of the input. */
export function createContentPublisher({ input, encoder, ...deps }: ContentPublisherDeps) {
  const sending = createSendingPipeline({
    ...deps,
    describe: (ssrc) => contentPublishDescription(input, encoder, ssrc),
    onConnected: () => sending.openGates(),
  });
  const { bus, connection, stop } = sending;
  return {
    ...{ bus, stop },
    offer: () => connection.offer(),
    applyAnswer: (sdp: string) => connection.applyAnswer(sdp),
    addCandidate: connection.addCandidate,
  };
}
