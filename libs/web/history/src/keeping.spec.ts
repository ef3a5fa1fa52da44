import { sayKept } from './keeping';

const NAMES = { one: 'walk', many: 'walks', done: 'walked', notFound: 'No walk is called' };

it.each([
  ['yes', /^$/],
  ['unavailable', /^This browser lets the page store nothing: walks last until/],
  ['full', /storage is full: what is walked now lasts until the page is closed\. Delete walks/],
] as const)('says of a history that is kept "%s" how long it lasts', (keeping, words) => expect(sayKept(keeping, NAMES)).toMatch(words));
