import { languages } from '@anteroom/shared/text.ts';
import { describe, expect, it } from 'vitest';
import { noticeTemplates } from './catalogue.ts';
import { type NoticeTemplate, render } from './template.ts';

const valuesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe.each(Object.entries<NoticeTemplate>(noticeTemplates))('the message %s', (_name, { subject, text }) => {
  it('uses the same values in both languages', () => {
    for (const words of [subject, text]) expect(valuesOf(words['zh-CN'])).toEqual(valuesOf(words.en));
  });

  it.each(languages)('is written in %s', (language) => {
    for (const words of [subject, text]) expect(/\p{Script=Han}/u.test(words[language])).toBe(language === 'zh-CN');
  });
});

describe('filling a message in', () => {
  it('fails when a value is missing, so that nobody reads {code}', () => {
    expect(() => render(noticeTemplates['code.signIn'], 'en', {})).toThrow('{code}');
  });

  it('lets no value begin another header', () => {
    const template = { subject: { en: 'For {name}', 'zh-CN': '致 {name}' }, text: { en: '-', 'zh-CN': '-' } };
    expect(render(template, 'en', { name: 'Ola\r\nBcc: all@own.test' }).subject).toBe('For Ola Bcc: all@own.test');
  });
});
