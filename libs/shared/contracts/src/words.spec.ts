import * as room from './index';

const { BLIND_CHOICES, CHECK_TYPES, FAULT_CODES, HEALTH_CAUSES, PROMPT_METHODS, PROTOCOLS, VOTE_CHOICES } = room;

/** Every list of words that the room has. */
const LISTS = Object.entries(room).filter((each): each is [string, never] => Array.isArray(each[1])) as [string, readonly string[]][];

describe('the words that clients branch on', () => {
  it.each(LISTS)('stand once each: %s', (_, words) => {
    expect(new Set(words).size).toBe(words.length);
  });

  it.each(LISTS.filter(([, words]) => words !== PROTOCOLS))('are written with underscores, as the fields of the API are: %s', (_, words) => {
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

  it('are all of the lists that there are', () => {
    expect(LISTS.map(([name]) => name).sort()).toEqual(
      [
        'BLIND_CHOICES',
        'CHECK_TYPES',
        'FAULT_CODES',
        'FINISH_REASONS',
        'HEALTH_CAUSES',
        'PAIR_SIDES',
        'PROMPT_METHODS',
        'PROTOCOLS',
        'RUN_ITEM_STATES',
        'RUN_SORTS',
        'RUN_STATES',
        'SCORING_METHODS',
        'SERIES_KINDS',
        'VOTE_CHOICES',
      ].sort(),
    );
  });

  it('leave a way out where nobody is better, the same for who sees the names and who does not', () => {
    const undecided = ['tie', 'both_bad'];
    expect([VOTE_CHOICES.slice(2), BLIND_CHOICES.slice(2)]).toEqual([undecided, undecided]);
  });

  it('say "none" last where a server tells nothing', () => {
    expect(PROMPT_METHODS.at(-1)).toBe('none');
  });

  it('have a judge after the checks that need no model', () => {
    expect(CHECK_TYPES.at(-1)).toBe('judge');
  });

  it('never say of a model only that it failed, but why', () => {
    for (const cause of HEALTH_CAUSES) expect(cause).not.toMatch(/^(failed|error|unhealthy)$/);
  });
});
