import { defineTexts } from '@anteroom/ui/i18n/texts.ts';
import { accountEn } from './account/en.ts';
import { accountZhCN } from './account/zh-CN.ts';
import { en } from './base/en.ts';
import { zhCN } from './base/zh-CN.ts';
import { controlEn } from './control/en.ts';
import { controlZhCN } from './control/zh-CN.ts';
import { directoryEn } from './directory/en.ts';
import { directoryZhCN } from './directory/zh-CN.ts';
import { identitiesEn } from './identities/en.ts';
import { identitiesZhCN } from './identities/zh-CN.ts';
import { lifecycleEn } from './lifecycle/en.ts';
import { lifecycleZhCN } from './lifecycle/zh-CN.ts';
import { en as meetingsEn } from './meetings/en.ts';
import { zhCN as meetingsZhCN } from './meetings/zh-CN.ts';
import { membersEn } from './members/en.ts';
import { membersZhCN } from './members/zh-CN.ts';
import { operatorEn } from './operator/en.ts';
import { operatorZhCN } from './operator/zh-CN.ts';
import { organizationEn } from './organization/en.ts';
import { organizationZhCN } from './organization/zh-CN.ts';
import { peopleEn } from './people/en.ts';
import { peopleZhCN } from './people/zh-CN.ts';
import { resourcesEn } from './resources/en.ts';
import { resourcesZhCN } from './resources/zh-CN.ts';
import { ringsEn } from './rings/en.ts';
import { ringsZhCN } from './rings/zh-CN.ts';
import { trailsEn } from './trails/en.ts';
import { trailsZhCN } from './trails/zh-CN.ts';
import { whiteboardEn } from './whiteboard/en.ts';
import { whiteboardZhCN } from './whiteboard/zh-CN.ts';

/** Texts by area of the console, one folder each; a key begins with its area, so that no two areas share one. */
export const texts = defineTexts('console', {
  en: {
    ...en,
    ...accountEn,
    ...controlEn,
    ...directoryEn,
    ...identitiesEn,
    ...lifecycleEn,
    ...meetingsEn,
    ...membersEn,
    ...operatorEn,
    ...organizationEn,
    ...peopleEn,
    ...resourcesEn,
    ...ringsEn,
    ...trailsEn,
    ...whiteboardEn,
  },
  'zh-CN': {
    ...zhCN,
    ...accountZhCN,
    ...controlZhCN,
    ...directoryZhCN,
    ...identitiesZhCN,
    ...lifecycleZhCN,
    ...meetingsZhCN,
    ...membersZhCN,
    ...operatorZhCN,
    ...organizationZhCN,
    ...peopleZhCN,
    ...resourcesZhCN,
    ...ringsZhCN,
    ...trailsZhCN,
    ...whiteboardZhCN,
  },
});
