/** `document`: a small window with controls. `video`: whoever speaks, and the browser's own controls. */
export type PipWay = 'document' | 'video';

/** Chromium's window of a document's own (WICG document-picture-in-picture); the types of TypeScript do not know it yet. */
export type DocumentPip = { requestWindow(options: { width: number; height: number }): Promise<Window> };

type PipPage = {
  documentPictureInPicture?: DocumentPip;
  document: { pictureInPictureEnabled?: boolean };
};

/** What of it this browser has; null for neither. */
export function pipWayOf(page: PipPage): PipWay | null {
  if (page.documentPictureInPicture !== undefined) return 'document';
  return page.document.pictureInPictureEnabled === true ? 'video' : null;
}

/** Why it cannot be opened now; null when it can. */
export type PipRefusal = 'unsupported' | 'noVideo';

export function whyNoPip(way: PipWay | null, { hasVideo }: { hasVideo: boolean }): PipRefusal | null {
  if (way === null) return 'unsupported';
  return way === 'video' && !hasVideo ? 'noVideo' : null;
}
