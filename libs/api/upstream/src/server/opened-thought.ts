import { openedByTemplateOf, type ThoughtFormat } from '@tandem/shared/thoughts';
import { isObject, readJson } from '../dialects/json';
import { opensThoughts } from './known-servers';

/** The form of the thought that a model's text begins in, by its server's list of models; undefined where that is not sure. */
export function openedThoughtOf(model: string, list: string): ThoughtFormat | undefined {
  const document = readJson(list);
  const entries = isObject(document) && Array.isArray(document['data']) ? document['data'].filter(isObject) : [];
  const entry = entries.find(({ id, owned_by: owner }) => id === model && opensThoughts(owner));
  // a name that was made up for it tells nothing, its files' does
  const names = [entry?.['id'], entry?.['root'], entry?.['parent']].filter((name) => typeof name === 'string');
  return names.map(openedByTemplateOf).find((format) => format !== undefined);
}
