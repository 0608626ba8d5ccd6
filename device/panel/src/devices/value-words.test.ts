import { devicePropertyKind, type PropertyValue } from '@anteroom/shared/panel/devices.ts';
import type { Language } from '@anteroom/shared/text.ts';
import { createI18n } from '@anteroom/ui/i18n/texts.ts';
import { expect, it } from 'vitest';
import { type DeviceText, deviceTexts } from '../locales/devices/texts.ts';
import { inputWords, propertyWords, valueWords } from './value-words.ts';

function textIn(language: Language): DeviceText {
  const t = createI18n([deviceTexts], language).getFixedT(language, deviceTexts.namespace);
  return (key, ...[values]) => {
    const name: string = key;
    const filled: Record<string, string | number> = values ?? {};
    return t(name, filled);
  };
}
const en = textIn('en');
const chinese = textIn('zh-CN');

it.each<[(typeof devicePropertyKind.options)[number], PropertyValue, string, string]>([
  ['power', 'warmingUp', 'Warming up', '正在预热'],
  ['power', 'eco 2', 'eco 2', 'eco 2'],
  ['input', 'hdmi1', 'HDMI 1', 'HDMI 1'],
  ['volume', 0.354, '35 %', '35%'],
  ['mute', true, 'Muted', '静音'],
  ['mute', false, 'Open', '打开'],
  ['blank', true, 'Dark', '黑屏'],
  ['output', false, 'Off', '关'],
  ['contact', true, 'Closed', '闭合'],
  ['occupancy', false, 'Nobody is here', '无人'],
  ['people', 1, '1 person', '1 人'],
  ['people', 3, '3 people', '3 人'],
  ['pan', -12.46, '12.5° left', '向左 12.5°'],
  ['pan', 0.04, '0°, straight ahead', '0°（正前方）'],
  ['tilt', 4, '4° up', '向上 4°'],
  ['tilt', -0.1, '0.1° down', '向下 0.1°'],
  ['zoom', 1, '100 %', '100%'],
  ['gain', -6.25, '−6.2 dB', '−6.2 dB'],
  ['gain', 3, '+3 dB', '+3 dB'],
  ['gain', -0.04, '0 dB', '0 dB'],
  ['preset', 2, 'Preset 2', '预置位 2'],
  ['preset', 'divided', 'divided', 'divided'],
  ['route', 3, 'Input 3', '输入 3'],
  ['route', 0, 'Nothing', '无'],
  ['ailments', '', 'Nothing', '无'],
  ['ailments', 'Dante clock lost', 'Dante clock lost', 'Dante clock lost'],
])('%s %j is “%s”', (kind, value, english, inChinese) => {
  expect(valueWords(en, kind, value)).toBe(english);
  expect(valueWords(chinese, kind, value)).toBe(inChinese);
});

it.each(devicePropertyKind.options)('%s has a name in both languages', (kind) => {
  const property = { kind, of: null };
  expect(propertyWords(en, property)).not.toContain('property.');
  expect(propertyWords(chinese, property)).not.toBe(propertyWords(en, property));
});

it('names the channel, output or contact where there are several', () => {
  expect(propertyWords(en, { kind: 'gain', of: 'lobe1' })).toBe('Gain · lobe1');
});

it.each([
  ['hdmi2', 'HDMI 2'],
  ['displayPort', 'DisplayPort'],
  ['usbC', 'USB-C'],
  ['digitalLink', 'Digital Link'],
  ['computer2', 'computer2'],
  ['Input (HDMI) 3', 'Input (HDMI) 3'],
])('an input %s reads %s', (name, expected) => {
  expect(inputWords(name)).toBe(expected);
});
