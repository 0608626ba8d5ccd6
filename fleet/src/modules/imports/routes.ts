import type { importRoutes } from '@anteroom/shared/api/imports.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { languageOf } from '../../plugins/language.ts';
import { writeTable } from '../../table-file.ts';
import type { ImportsService } from './service.ts';

export function createImportHandlers({ imports }: { imports: ImportsService }): Handlers<typeof importRoutes> {
  return {
    template: ({ query, request }) =>
      writeTable(imports.template(languageOf(request.headers['accept-language'])), query.format, 'people'),
    check: ({ actor, body }) => imports.check(actor, body),
    create: ({ actor, body }) => imports.create(actor, body),
    async result({ actor, params, query, request }) {
      const language = languageOf(request.headers['accept-language']);
      return await writeTable(await imports.result(actor, params.importId, language), query.format, 'people-result');
    },
  };
}
