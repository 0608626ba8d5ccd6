/** The time zone of whoever reads the page. */
export const readerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
