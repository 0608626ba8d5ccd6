/** Of what `openScreen` plays. */
export const screenToneHz = 880;

/**
 * A picture in one colour with something that moves, and a tone: it stands for a screen that somebody shares. It runs in a
 * page, and names nothing from outside of itself.
 */
export function openScreen(colour: string): MediaStream {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 640, height: 360 });
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  let frames = 0;
  const timer = setInterval(() => {
    frames += 1;
    drawing.fillStyle = colour;
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.fillStyle = 'white';
    drawing.fillRect((frames * 8) % canvas.width, 0, 32, 32);
  }, 66);
  const stream = canvas.captureStream(15);
  const [picture] = stream.getVideoTracks();
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 880 });
  const sound = new MediaStreamAudioDestinationNode(context);
  tone.connect(new GainNode(context, { gain: 0.5 })).connect(sound);
  tone.start();
  for (const track of sound.stream.getAudioTracks()) stream.addTrack(track);
  // Whoever stops its picture needs neither any more.
  const stop = picture?.stop.bind(picture);
  if (picture && stop) {
    picture.stop = () => {
      stop();
      clearInterval(timer);
      context.close().catch((error: unknown) => reportError(error));
    };
  }
  return stream;
}

/** The colour in the middle of a video as it is shown now: red, green and blue, 0…255. */
export function colourOf(video: HTMLVideoElement): [number, number, number] {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 1, height: 1 });
  const drawing = canvas.getContext('2d');
  if (!drawing || video.videoWidth === 0) return [0, 0, 0];
  drawing.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = drawing.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
