import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Defined by the script that is evaluated in the page. */
    axe: typeof import('axe-core');
  }
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core calls serious or critical on this page as it stands, one line each; empty when there is nothing. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: our pages' policy forbids strangers' scripts.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axeSource);
  const violations = await page.evaluate(async () => {
    // Half faded in, every colour is too weak. An animation whose element goes never finishes; that is an end too.
    const hasEnd = (animation: Animation) =>
      animation.effect?.getComputedTiming().activeDuration !== Number.POSITIVE_INFINITY;
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(hasEnd)
        .map(({ finished }) => finished),
    );
    const { violations: found } = await window.axe.run({ resultTypes: ['violations'] });
    return found;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
    );
}
