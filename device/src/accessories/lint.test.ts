import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { lint, lintFile } from './lint.ts';
import { accessoriesFolder, listProfileFiles, profilesFolder } from './profile-files.ts';

const refused = await listProfileFiles(join(accessoriesFolder, 'refused'));
const placesOf = (problems: { at: string }[]) => problems.map(({ at }) => at);

test.each(
  [...(await listProfileFiles(profilesFolder)), ...(await listProfileFiles())].map((file) => [basename(file), file]),
)('nothing is wrong in %s', async (_name, file) => {
  expect(await lintFile(file)).toEqual([]);
});

describe('an accessory’s profile is refused', () => {
  test.each(refused.map((file) => [basename(file), file]))(
    'refused/%s, for the place that it names',
    async (_name, file) => {
      const place = /^# refused: (\S+)/.exec(await readFile(file, 'utf8'))?.[1];
      expect(placesOf(await lintFile(file))).toContain(place);
    },
  );

  test('with every place that is wrong, not only the first', async () => {
    const content = parse(await readFile(join(accessoriesFolder, 'panasonic-pt-rz470.yaml'), 'utf8'));
    const wrong = {
      ...content,
      kind: 'camera',
      lines: [{ ...content.lines[0], transport: 'udp', hasSonyHeader: false }],
    };
    delete wrong.lines[0].isTelnet;
    expect(placesOf(lint('panasonic-pt-rz470.yaml', wrong))).toEqual(['kind', 'lines.0']);
  });
});

describe('a terminal’s profile', () => {
  const read = async () => parse(await readFile(join(profilesFolder, 'dell-optiplex-7060.yaml'), 'utf8'));

  test('of one model names where that model’s facts were read', async () => {
    const { sources: _gone, ...content } = await read();
    expect(placesOf(lint('dell-optiplex-7060.yaml', content))).toEqual([
      'match.dmi.0.vendor',
      'match.dmi.0.product',
      'encoder.video',
    ]);
  });

  test('names no source for what is not there', async () => {
    const content = await read();
    content.sources[0].of.push('encoder.audio');
    expect(lint('dell-optiplex-7060.yaml', content)).toEqual([
      { at: 'encoder.audio', what: 'a source is named for it, and it is not there' },
    ]);
  });
});

test('a file that cannot be read is a problem, not an end', async () => {
  expect(await lintFile('/nowhere/some.yaml')).toEqual([
    { at: '', what: expect.stringContaining('/nowhere/some.yaml: ENOENT') },
  ]);
});
