import { fold } from './fold';

it.each([
  ['CAFÉ', 'cafe'],
  ['Straße', 'straße'],
  ['Ångström', 'angstrom'],
])('folds %s into %s', (text, folded) => expect(fold(text)).toBe(folded));
