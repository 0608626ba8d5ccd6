import { describe, expect, test } from 'vitest';
import { chooseDevice, type FoundDevice, findByName, withoutContentInput, withoutDoubles } from './devices.ts';

const camera = (description: string, name: string, path: string | null = null): FoundDevice => ({
  kind: 'camera',
  name,
  description,
  path,
});
const microphone = (description: string, name: string): FoundDevice => ({
  kind: 'microphone',
  name,
  description,
  path: null,
});

describe('devices', () => {
  test('what two providers list is one device: cameras are opened directly, sound through the server that holds it', () => {
    const found = [
      camera('v4l2src device="/dev/video0"', 'HD Webcam C920', '/dev/video0'),
      camera('pipewiresrc target-object="47"', 'HD Webcam C920'),
      microphone('alsasrc device="hw:1"', 'Jabra Speak 750'),
      microphone('pulsesrc device="alsa_input.usb"', 'Jabra Speak 750'),
    ];
    expect(withoutDoubles(found).map(({ description }) => description.split(' ')[0])).toEqual(['v4l2src', 'pulsesrc']);
  });

  test('names that differ but share a path are one device', () => {
    const found = [
      camera('pipewiresrc path="47"', 'Webcam (V4L2)', '/dev/video0'),
      camera('v4l2src device="/dev/video0"', 'Webcam', '/dev/video0'),
    ];
    expect(withoutDoubles(found)).toHaveLength(1);
  });

  test('the same name as camera and as microphone are two devices', () => {
    expect(withoutDoubles([camera('v4l2src', 'C920'), microphone('pulsesrc', 'C920')])).toHaveLength(2);
  });

  test('the preferred name is taken in any letter case, and nothing else is ever refused for it', () => {
    const found = [
      camera('v4l2src device="/dev/video0"', 'Laptop'),
      camera('v4l2src device="/dev/video2"', 'Rally Camera'),
    ];
    expect(chooseDevice(found, 'camera', 'rally')?.name).toBe('Rally Camera');
    expect(chooseDevice(found, 'camera', 'meetup')?.name).toBe('Laptop');
    expect(chooseDevice(found, 'camera', undefined)?.name).toBe('Laptop');
    expect(chooseDevice(found, 'speaker', undefined)).toBeNull();
  });

  test('a content input is the device of its name or none, and is neither the room’s camera nor its microphone', () => {
    const found = [
      camera('v4l2src device="/dev/video0"', 'USB3 HDMI Capture'),
      camera('v4l2src device="/dev/video2"', 'Rally Camera'),
      microphone('pulsesrc device="hdmi"', 'USB3 HDMI Capture Audio'),
    ];
    const input = { kind: 'capture', name: 'hdmi capture', soundName: 'HDMI Capture' };
    expect(findByName(found, 'camera', 'hdmi capture')?.description).toContain('video0');
    expect(findByName(found, 'camera', 'Magewell')).toBeNull();
    expect(findByName(found, 'microphone', undefined)).toBeNull();
    expect(withoutContentInput(found, input).map(({ name }) => name)).toEqual(['Rally Camera']);
    expect(withoutContentInput(found, { kind: 'capture', name: 'hdmi capture' })).toHaveLength(2);
    expect(withoutContentInput(found, null)).toEqual(found);
  });
});
