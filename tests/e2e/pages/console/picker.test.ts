import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { smallOrganization } from './fixture-data.ts';
import { sharePage } from './page-tests.ts';

/** The field that finds one of many on the server, in the built console. */
let page: Page;
const serve = sharePage((opened) => {
  page = opened;
});

it('what is found stands still under a press, and what was pressed is chosen', async () => {
  await using server = await serve(smallOrganization());
  await page.goto(`${server.url}/meetings/new`);
  const pressed = Promise.withResolvers<void>();
  await page.route(/search=Mara/, async (route) => {
    await pressed.promise;
    await route.continue();
  });
  const attendees = page.getByRole('combobox', { name: 'Add people, departments, contacts or terminals' });
  await attendees.click();
  // Contacts stand below the people, who go once the words are looked for; and so does this one, whom they do not find.
  const contact = page.getByRole('option', { name: /Wu Jun/ });
  await contact.hover();
  const options = page.getByRole('option');
  const before = await options.count();
  const found = Promise.all(
    ['people', 'contacts'].map((kind) => page.waitForResponse(new RegExp(`/${kind}\\?.*search=Mara`))),
  );
  await page.keyboard.type('Mara');
  await contact.hover();
  await page.mouse.down();
  pressed.resolve();
  await found;
  // Two pictures later the page has drawn what it was answered.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.up();
  const remove = (name: string) => page.getByRole('button', { name: `Remove ${name}` });
  await remove('Wu Jun').waitFor();

  // Whoever is chosen right after stands beside the first, in a list that follows the words again.
  await attendees.click();
  await page.keyboard.type('Mara');
  await expect.poll(() => options.count()).toBeLessThan(before);
  await page.getByRole('option', { name: /Mara Okafor/ }).click();
  await remove('Mara Okafor').waitFor();
  await remove('Wu Jun').waitFor();
});
