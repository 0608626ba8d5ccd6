import * as Y from 'yjs';
import { type BoardElement, boardElement, byOrder } from './element.ts';

/**
 * A whiteboard as a Yjs document: a map of elements by id, each a map of its fields. So two people who change different
 * elements, or different fields of one, both keep what they did; who deletes an element wins over who changes it. Points
 * and pressures of a stroke are arrays that grow, because a stroke is sent again and again while it is drawn.
 *
 * What is read here was checked by the fleet (`parseElement`) before anybody else got it.
 */
const rootName = 'elements';
const growing = new Set(['points', 'pressures']);
type Fields = Y.Map<unknown>;

export type BoardChanges = { changed: readonly BoardElement[]; removed: readonly string[] };

export function elementsOf(doc: Y.Doc): Y.Map<Fields> {
  return doc.getMap<Fields>(rootName);
}

/** The elements in their order. */
export function readBoard(doc: Y.Doc): BoardElement[] {
  return [...elementsOf(doc).keys()].flatMap((id) => readElement(doc, id) ?? []).toSorted(byOrder);
}

export function readElement(doc: Y.Doc, id: string): BoardElement | null {
  const parsed = parseElement(doc, id);
  return parsed?.success ? parsed.data : null;
}

/** Null when there is no such element. */
export function parseElement(doc: Y.Doc, id: string) {
  const fields = elementsOf(doc).get(id);
  if (fields === undefined) return null;
  // Whatever a document from elsewhere has in this place.
  const plain: unknown = fields instanceof Y.Map ? { ...fields.toJSON(), id } : fields;
  return boardElement.safeParse(plain);
}

/** In one transaction, which bears `origin`. */
export function writeBoard(doc: Y.Doc, { changed, removed }: BoardChanges, origin: unknown): void {
  const elements = elementsOf(doc);
  doc.transact(() => {
    for (const id of removed) elements.delete(id);
    for (const element of changed) {
      const known = elements.get(element.id);
      const fields = known ?? elements.set(element.id, new Y.Map<unknown>());
      writeFields(fields, element);
    }
  }, origin);
}

function writeFields(fields: Fields, { id: _id, ...element }: BoardElement): void {
  const isStroke = element.type === 'freedraw';
  for (const [name, value] of Object.entries(element)) {
    const known: unknown = fields.get(name);
    if (isStroke && growing.has(name) && Array.isArray(value)) grow(fields, name, value);
    else if (value !== undefined && !isSame(known, value)) fields.set(name, value);
  }
  for (const name of [...fields.keys()]) if (!(name in element)) fields.delete(name);
}

/** Appends what is new; what became another stroke is written anew. */
function grow(fields: Fields, name: string, values: readonly unknown[]): void {
  const known = fields.get(name);
  if (known instanceof Y.Array && known.length <= values.length) {
    const kept = known.toArray();
    if (kept.every((value, at) => isSame(value, values[at]))) {
      if (values.length > kept.length) known.push(values.slice(kept.length));
      return;
    }
  }
  const stroke = new Y.Array<unknown>();
  stroke.push([...values]);
  fields.set(name, stroke);
}

/** Equal as JSON. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [names, otherNames] = [Object.keys(one), Object.keys(other)];
  return (
    names.length === otherNames.length &&
    Array.isArray(one) === Array.isArray(other) &&
    names.every((name) => isSame(Reflect.get(one, name), Reflect.get(other, name)))
  );
}
