import { PROTOCOLS } from './config-document';
import { FAULT_CODES } from './fault';
import { HEALTH_CAUSES } from './health';
import { SCORING_METHODS } from './score';
import { SERIES_KINDS } from './series';

const LISTS = { FAULT_CODES, HEALTH_CAUSES, PROTOCOLS, SCORING_METHODS, SERIES_KINDS };

describe('the words that clients branch on', () => {
  it.each(Object.entries(LISTS))('stand once each: %s', (_, words) => {
    expect(new Set<string>(words).size).toBe(words.length);
  });

  it.each([
    ['FAULT_CODES', FAULT_CODES],
    ['HEALTH_CAUSES', HEALTH_CAUSES],
    ['SCORING_METHODS', SCORING_METHODS],
    ['SERIES_KINDS', SERIES_KINDS],
  ] as const)('are written with underscores, as the fields of the API are: %s', (_, words) => {
    for (const word of words) expect(word).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it('are written with hyphens where people write them into a configuration', () => {
    for (const protocol of PROTOCOLS) expect(protocol).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('begin with upstream_ where a model server failed, and those stand together', () => {
    const blamed = FAULT_CODES.filter((code) => code.startsWith('upstream_'));
    const first = FAULT_CODES.indexOf(blamed[0] ?? 'internal_error');
    expect(first).toBeGreaterThan(0);
    expect(FAULT_CODES.slice(first, first + blamed.length)).toEqual(blamed);
  });

  it('offer a protocol that finds out for itself, before those that are known', () => {
    expect(PROTOCOLS[0]).toBe('auto');
  });
});
