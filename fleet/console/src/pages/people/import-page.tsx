import { importRoutes } from '@anteroom/shared/api/imports.ts';
import { importColumn, importColumns, importFileBytes, importRowLimit } from '@anteroom/shared/people/import.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button, FileInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useRef, useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { ImportFaults } from './import-faults.tsx';
import { readAsBase64 } from './read-file.ts';

type SentFile = { filename: string; content: string };

/** Bulk import (批量导入): a template to fill in, a dry run that names every bad row, and then the import itself. */
export function ImportPage() {
  const text = texts.useText();
  const { language } = useLanguage();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const [file, setFile] = useState<File | null>(null);
  const forgetChoice = useRef<() => void>(null);
  const isTooLarge = file !== null && file.size > importFileBytes;
  const check = useMutation({
    mutationFn: async (chosen: File) => {
      const body: SentFile = { filename: chosen.name, content: await readAsBase64(chosen) };
      return { body, fate: await api.imports.check({ body }) };
    },
  });
  const add = useMutation({
    mutationFn: (body: SentFile) => api.imports.create({ body, key: keyOf(body) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['people'] }),
  });
  const choose = (chosen: File | null) => {
    // Else a browser does not tell that the same file was chosen again, which is what a correction looks like.
    forgetChoice.current?.();
    setFile(chosen);
    check.reset();
    add.reset();
    if (chosen && chosen.size <= importFileBytes) check.mutate(chosen);
  };
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/people" className="link">
          {text('people.title')}
        </Link>
      </nav>
      <header className="page-head">
        <h1>{text('import.title')}</h1>
      </header>
      <div className="sections">
        <TemplateSection />
        <section aria-labelledby="import-file" className="stack">
          <div className="section-head">
            <h2 id="import-file">{text('import.file')}</h2>
          </div>
          <FileInput
            label={text('import.choose')}
            description={text('import.limits', {
              rows: importRowLimit.toLocaleString(language),
              megabytes: importFileBytes / 1024 / 1024,
            })}
            placeholder={text('import.placeholder')}
            accept=".csv,.xlsx"
            resetRef={forgetChoice}
            value={file}
            onChange={choose}
            maw={480}
            error={isTooLarge ? text('import.tooLarge') : undefined}
          />
          <FaultNote error={check.error} />
          <p role="status" className="t2">
            {check.isPending ? text('import.checking') : ''}
          </p>
          {check.data && !add.data ? (
            <>
              <ImportFaults fate={check.data.fate} />
              <FaultNote error={add.error} />
              <div className="row">
                <Button
                  disabled={check.data.fate.good === 0}
                  loading={add.isPending}
                  onClick={() => add.mutate(check.data.body)}
                >
                  {text('import.add', { count: check.data.fate.good })}
                </Button>
                {check.data.fate.good === 0 ? <span className="t2">{text('import.noneGood')}</span> : null}
              </div>
            </>
          ) : null}
          {add.data ? <Outcome {...add.data} /> : null}
        </section>
      </div>
    </>
  );
}

function TemplateSection() {
  const text = texts.useText();
  const { language } = useLanguage();
  return (
    <section aria-labelledby="import-template">
      <div className="section-head">
        <h2 id="import-template">{text('import.template')}</h2>
        <span className="grow" />
        {(['xlsx', 'csv'] as const).map((format) => (
          <a key={format} className="link" href={addressOf(importRoutes.template, { query: { format } })} download>
            {text(`import.as.${format}`)}
          </a>
        ))}
      </div>
      <p className="t2">{text('import.templateLead')}</p>
      <dl className="facts">
        {importColumn.options.map((column) => (
          <Fragment key={column}>
            <dt>{importColumns[column][language]}</dt>
            <dd>{text(`import.column.${column}`)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Outcome({ id, added, refused }: { id: string; added: number; refused: number }) {
  const text = texts.useText();
  return (
    <div role="status" className="stack">
      <p>
        <b>{text('import.added', { count: added })}</b>{' '}
        {refused > 0 ? text('import.refused', { count: refused }) : text('import.allIn')}
      </p>
      <p className="row">
        {(['xlsx', 'csv'] as const).map((format) => (
          <a
            key={format}
            className="link"
            href={addressOf(importRoutes.result, { params: { importId: id }, query: { format } })}
            download
          >
            {text(`import.result.${format}`)}
          </a>
        ))}
      </p>
    </div>
  );
}
