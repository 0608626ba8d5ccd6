import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of ten seconds and more, the longest first. A fresh clone has no record of how long each took. */
const slow = [
  'tests/e2e/pages/console/console-access.test.ts',
  'tests/e2e/pages/console/console.test.ts',
  'tests/e2e/console-journey.test.ts',
  'tests/e2e/pages/client/client.test.ts',
  'tests/e2e/pages/panel/screens.test.ts',
  'tests/e2e/pages/panel/touches.test.ts',
  'fleet/src/modules/admission/admission-load.test.ts',
  'device/src/media/process.test.ts',
  'tests/e2e/pages/console/console-organization.test.ts',
];

/** Begins with the slow files: one that begins last would be waited for with half of the machine idle. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = slow.findIndex((path) => moduleId.endsWith(`/${path}`));
      return rank < 0 ? slow.length : rank;
    };
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
