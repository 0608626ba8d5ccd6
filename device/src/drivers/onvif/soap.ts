import { SaxesParser } from 'saxes';

/**
 * SOAP 1.2 as ONVIF devices speak it: an envelope with one element, answered with one element or a fault. Local names
 * count here, not prefixes: each maker chooses its own.
 */
export type XmlElement = {
  name: string;
  namespace: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
};

export type SoapReply =
  | { is: 'answer'; body: XmlElement }
  /** `codes` from the general to the special, without prefixes: `Sender`, `InvalidArgVal`, `NoProfile`. */
  | { is: 'fault'; codes: readonly string[]; reason: string };

/** The root of a document; null for what is not well-formed, and for a document type, which SOAP has none of. */
export function parseXml(text: string): XmlElement | null {
  const document: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' };
  const open = [document];
  const parser = new SaxesParser({ xmlns: true });
  const fail = (error: Error) => {
    throw error;
  };
  parser.on('error', fail);
  parser.on('doctype', () => fail(new Error('a document type')));
  parser.on('opentag', ({ local, uri, attributes }) => {
    const plain = Object.values(attributes).map((each) => [each.local, each.value] as const);
    const names = { name: local, namespace: uri, attributes: Object.fromEntries(plain) };
    const element: XmlElement = { ...names, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  });
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(text).close();
  } catch {
    return null; // Noise, or half a document: no answer.
  }
  return document.children[0] ?? null;
}

/** The element that a way of names leads to, first of each name. */
export function elementAt(from: XmlElement | null, ...names: string[]): XmlElement | null {
  let element = from;
  for (const name of names) element = element?.children.find((child) => child.name === name) ?? null;
  return element;
}

export const elementsOf = (from: XmlElement | null, name: string): XmlElement[] =>
  from?.children.filter((child) => child.name === name) ?? [];

export const textAt = (from: XmlElement | null, ...names: string[]): string | null =>
  elementAt(from, ...names)?.text.trim() ?? null;

/** A finite number; null where there is none. */
export function numberIn(text: string | null | undefined): number | null {
  const value = Number(text);
  return text && Number.isFinite(value) ? value : null;
}

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const soap = 'http://www.w3.org/2003/05/soap-envelope';

export const envelope = ({ header, body }: { header: string; body: string }): string =>
  `<?xml version="1.0" encoding="UTF-8"?>` +
  `<s:Envelope xmlns:s="${soap}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

/** The only element of a message's body; null for what is no SOAP message. */
export function bodyIn(text: string): XmlElement | null {
  const root = parseXml(text);
  return root?.name === 'Envelope' ? (elementAt(root, 'Body')?.children[0] ?? null) : null;
}

export function parseReply(text: string): SoapReply | null {
  const body = bodyIn(text);
  if (!body) return null;
  if (body.name !== 'Fault') return { is: 'answer', body };
  const codes: string[] = [];
  for (let code = elementAt(body, 'Code'); code; code = elementAt(code, 'Subcode'))
    codes.push((textAt(code, 'Value') ?? '').replace(/^.*:/, ''));
  return { is: 'fault', codes, reason: textAt(body, 'Reason', 'Text') ?? '' };
}
