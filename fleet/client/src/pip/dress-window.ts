import type { Language } from '@anteroom/shared/text.ts';

const styles = 'link[rel="stylesheet"], style';

/** Gives a window that was opened empty the page's styles, language and colours. */
export function dressWindow(
  opened: Window,
  page: Document,
  { title, language, scheme }: { title: string; language: Language; scheme: 'light' | 'dark' },
): void {
  const { document } = opened;
  document.title = title;
  for (const { name, value } of page.documentElement.attributes) document.documentElement.setAttribute(name, value);
  document.documentElement.lang = language;
  document.documentElement.dataset.mantineColorScheme = scheme;
  if (document.head.querySelector(styles)) return;
  for (const style of page.querySelectorAll(styles)) {
    const copy = document.importNode(style, true);
    // The empty window has no address that a path could begin at.
    if (style instanceof HTMLLinkElement) copy.setAttribute('href', style.href);
    document.head.append(copy);
  }
}
