/** The page that tests: one part of the program, fetched where it is opened. */
export { CheckPage } from './check-page.tsx';
export { checkTexts } from './locales/texts.ts';
