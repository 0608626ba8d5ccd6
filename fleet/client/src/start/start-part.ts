/** The start page: one part of the program, fetched where it is opened. */
export { startTexts } from './locales/texts.ts';
export { createOwnApi } from './own-api.ts';
export { StartPage } from './start-page.tsx';
