import { actionRefusals } from '@anteroom/shared/panel/actions.ts';
import { panelSearch } from '@anteroom/shared/panel/search.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { FastifyInstance } from 'fastify';
import type { PanelService } from './panel-service.ts';
import { sendProblem } from './problems.ts';

/** Searches of the directory by a room that hosts. */
export function serveSearch(
  app: FastifyInstance,
  { panel, language }: { panel: Pick<PanelService, 'state' | 'find'>; language: () => Language },
): void {
  app.post('/api/searches', async (request, reply) => {
    const parsed = panelSearch.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(reply, 'request_invalid', { language: language(), values: { detail: 'text' } });
    if (panel.state().call.state !== 'in') {
      const reason = actionRefusals.no_call[language()].replace(/[.。]$/, '');
      return sendProblem(reply, 'action_not_now', { language: language(), values: { reason, refusal: 'no_call' } });
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return await panel.find(parsed.data.text, { signal: gone.signal });
  });
}
