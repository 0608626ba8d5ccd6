import { describe, expect, test } from 'vitest';
import { isEntered, parseFailure, parseName, parsePhysicalAddress, parsePower } from './codec.ts';

/** Said by cec-ctl 1.22 of vivid's adapter on Linux 6.1. */
const adapter = ({
  physicalAddress = '1.0.0.0',
  mask = '0x0010',
  logicalAddress = '4 (Playback Device 1)',
}) => `Driver Info:
	Driver Name                : vivid
	Adapter Name               : vivid-000-vid-out0
	Capabilities               : 0x000000be
		Logical Addresses
		Transmit
		Passthrough
		Remote Control Support
		Monitor All
		Monitor Pin
	Driver version             : 6.1.192
	Available Logical Addresses: 4
	Connector Info             : None
	Physical Address           : ${physicalAddress}
	Logical Address Mask       : ${mask}
	CEC Version                : 2.0
	Vendor ID                  : 0x000c03 (HDMI)
	OSD Name                   : 'Anteroom'
	Logical Addresses          : 1 (Allow RC Passthrough)

	  Logical Address          : ${logicalAddress}
	    Primary Device Type    : Playback
	    Logical Address Type   : Playback
	    All Device Types       : Playback
	    RC TV Profile          : None
	    Device Features        :
		None

`;
const gone = adapter({ physicalAddress: 'f.f.f.f', mask: '0x0000', logicalAddress: 'Not Allocated' });

const power = `${adapter({})}
Transmit from Playback Device 1 to TV (4 to 0):
GIVE_DEVICE_POWER_STATUS (0x8f)
    Received from TV (0):
    REPORT_POWER_STATUS (0x90):
	pwr-state: to-standby (0x03)
	Sequence: 10 Tx Timestamp: 12.531s Rx Timestamp: 12.624s
	Approximate response time: 21 ms
`;
const name = `${adapter({})}
Transmit from Playback Device 1 to TV (4 to 0):
GIVE_OSD_NAME (0x46)
    Received from TV (0):
    SET_OSD_NAME (0x47):
	name: Wall TV
	Sequence: 6 Tx Timestamp: 10.505s Rx Timestamp: 10.739s
	Approximate response time: 17 ms
`;

describe('what cec-ctl says', () => {
  test('of the adapter is its physical address, as long as there is one', () => {
    expect([parsePhysicalAddress(adapter({})), parsePhysicalAddress(gone)]).toEqual(['1.0.0.0', null]);
  });

  test('of the adapter is whether it has an address by our name', () => {
    expect(isEntered(adapter({}), 'Anteroom')).toBe(true);
    expect(isEntered(adapter({}), 'Ante')).toBe(false);
    expect(isEntered(gone, 'Anteroom')).toBe(false);
  });

  test('of an answer is what was asked for', () => {
    expect([parsePower(power), parseName(power)]).toEqual(['coolingDown', null]);
    expect([parseName(name), parsePower(name)]).toEqual(['Wall TV', null]);
    expect([parseFailure(adapter({})), parseFailure(power), parseFailure(name)]).toEqual([null, null, null]);
  });

  test.each([
    [
      'nobody',
      'nobody has the address',
      'GIVE_DEVICE_POWER_STATUS (0x8f)\n\tSequence: 22 Tx Timestamp: 27.654s\n\tTx, Not Acknowledged (4), Max Retries\n',
    ],
    [
      'silent',
      'nothing came back',
      'GIVE_DEVICE_POWER_STATUS (0x8f)\n\tSequence: 6 Tx Timestamp: 12.989s Rx Timestamp: 14.016s\n' +
        '\tApproximate response time: 979 ms\n\tTx, OK, Rx, Timeout\n',
    ],
    [
      'refused',
      'the display knows of no such thing',
      'GIVE_DECK_STATUS (0x1a):\n\tstatus-req: on (0x01)\n    Received from TV (0):\n    FEATURE_ABORT (0x00):\n' +
        '\tabort-msg: 26 (0x1a, GIVE_DECK_STATUS)\n\treason: unrecognized-op (0x00)\n' +
        '\tSequence: 8 Tx Timestamp: 15.126s Rx Timestamp: 15.239s\n\tApproximate response time: 16 ms\n' +
        '\tTx, OK, Rx, OK, Feature Abort\n',
    ],
  ])('is %s when %s', (failure, _why, said) => {
    expect(parseFailure(`${adapter({})}\nTransmit from Playback Device 1 to TV (4 to 0):\n${said}`)).toBe(failure);
  });

  test('is that nobody is there when the cable is pulled, though nothing was sent', () => {
    expect(parseFailure(gone)).toBe('nobody');
  });
});
