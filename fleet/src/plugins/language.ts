import type { Language } from '@anteroom/shared/text.ts';

/** The language of ours that an Accept-Language header likes best (RFC 9110 §12.5.4); English when it names none. */
export function languageOf(header: string | undefined): Language {
  const ranges = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)(-|$)/.test(tag))
    .sort((a, b) => b.weight - a.weight);
  return ranges[0]?.tag.startsWith('zh') ? 'zh-CN' : 'en';
}
