import { apiBase } from '@anteroom/shared/api/contract.ts';
import { peopleRoutes } from '@anteroom/shared/api/people.ts';
import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import type { Page } from 'playwright-core';
import type { Rig } from './rig.ts';
import type { SmsGateway } from './sms-gateway.ts';

/** Adds a person to the organization, and signs them in, in the browser of `page`, with the link that came to their phone. */
export async function addColleague(
  page: Page,
  { name, phone }: { name: string; phone: string },
  { rig, gateway }: { rig: Rig; gateway: SmsGateway },
): Promise<void> {
  const { httpUrl } = rig.fleet.ready();
  const api = await rig.api();
  await api.call(peopleRoutes.add, {
    body: {
      ...{ kind: 'standard', name, phone, email: null, language: 'en' },
      ...{ departmentId: null, position: '', sortNumber: 0, remark: '' },
    },
  });
  const [, token] = await gateway.take(phone, /\/set-password\/(\S+)/);
  const answer = await page.request.post(`${httpUrl}${apiBase}${sessionRoutes.setPassword.path}`, {
    headers: { origin: httpUrl },
    data: { token, password: 'a long sentence that is easy' },
  });
  if (!answer.ok()) throw new Error(`first password: ${answer.status()} ${await answer.text()}`);
}
