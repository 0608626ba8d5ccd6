import { describe, expect, test } from 'vitest';
import { parseControls, settingsFor, type UvcFacts } from './codec.ts';

/** Said by v4l2-ctl 1.22 of a camera with speeds from 1 to 7, and from 1 to 3 for zoom, on uvcvideo of Linux 6.1. */
const said = `
Camera Controls

                   pan_absolute 0x009a0908 (int)    : min=-522000 max=522000 step=3600 default=0 value=36000
                  tilt_absolute 0x009a0909 (int)    : min=-324000 max=324000 step=3600 default=0 value=-36000
                  zoom_absolute 0x009a090d (int)    : min=100 max=500 step=1 default=100 value=300
                zoom_continuous 0x009a090f (int)    : min=1 max=3 step=1 default=0 value=1
                      pan_speed 0x009a0920 (int)    : min=-1 max=7 step=1 default=0 value=0
                     tilt_speed 0x009a0921 (int)    : min=-1 max=7 step=1 default=0 value=0
`;
/** Of vivid: nothing of it moves. */
const saidByFixed = `
User Controls

                     brightness 0x00980900 (int)    : min=0 max=255 step=1 default=128 value=128 flags=slider
                           gain 0x00980913 (int)    : min=0 max=255 step=1 default=100 value=24 flags=inactive, volatile
                         button 0x0098f900 (button) : value=0 flags=write-only, execute-on-write
                           menu 0x0098f904 (menu)   : min=1 max=4 default=3 value=3 (Menu Item 3)
				1: Menu Item 1
				3: Menu Item 3
                         string 0x0098f905 (str)    : min=2 max=4 step=1 value='  ' flags=has-payload
`;
const facts = { isPanInverted: false, isTiltInverted: false } as UvcFacts; // What else it is called is not asked here.

describe('what the kernel tells of a camera', () => {
  test('is read control by control', () => {
    const known = parseControls(said);
    expect(known.pan_absolute).toEqual({ least: -522_000, most: 522_000, step: 3_600, value: 36_000 });
    expect(known.tilt_absolute?.value).toBe(-36_000);
    expect(known.zoom_absolute).toEqual({ least: 100, most: 500, step: 1, value: 300 });
    expect(parseControls(saidByFixed)).toEqual({});
  });

  test('is no zoom by speed when that speed cannot be 0: to stop it would zoom in', () => {
    const known = parseControls(said);
    expect(settingsFor({ kind: 'zoom', zoomSpeed: 1 }, known, facts)).toBeNull();
    expect(settingsFor({ kind: 'stop' }, known, facts)).toEqual({ pan_speed: 0, tilt_speed: 0 });
  });

  test('bounds each direction by itself', () => {
    const known = parseControls(said);
    const move = (panSpeed: number, tiltSpeed: number) =>
      settingsFor({ kind: 'move', panSpeed, tiltSpeed }, known, facts);
    expect(move(1, -1)).toEqual({ pan_speed: 7, tilt_speed: -1 });
    expect(move(0.5, -0.01)).toEqual({ pan_speed: 4, tilt_speed: -1 });
    expect(move(0, 0)).toEqual({ pan_speed: 0, tilt_speed: 0 });
  });
});
