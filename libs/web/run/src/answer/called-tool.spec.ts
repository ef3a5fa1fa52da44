import { hasCome, textWithCalls } from './called-tool';

const calls = [
  { index: 0, name: 'weather', arguments: '{"city":"*Paris*"}' },
  { index: 1, name: 'time', arguments: '{}' },
];

describe('textWithCalls', () => {
  it('writes the calls below the text, as code', () => {
    expect(textWithCalls({ text: 'Look:', calls })).toBe('Look:\n\n**weather**\n\n```json\n{"city":"*Paris*"}\n```\n\n**time**\n\n```json\n{}\n```');
  });

  it.each([
    [{ text: 'As it is.\n' }, 'As it is.\n'],
    [{ text: '', calls: [] }, ''],
  ])('leaves a text without calls as it is: %j', (view, text) => expect(textWithCalls(view)).toBe(text));
});

describe('hasCome', () => {
  it.each([
    [{ text: '', thoughts: '' }, false],
    [{ text: '', thoughts: '', calls: [] }, false],
    [{ text: '', thoughts: 'Hm.' }, true],
    [{ text: '', thoughts: '', calls }, true],
  ])('of %j: %s', (view, expected) => expect(hasCome(view)).toBe(expected));
});
