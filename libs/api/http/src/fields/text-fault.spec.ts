import { textFault } from './text-fault';

describe('a text of a request', () => {
  it.each([
    ['is fine as long as it may be', 'abc', undefined],
    ['is no number', 3, 'must be text that is not blank'],
    ['is not left out', undefined, 'must be text that is not blank'],
    ['is not blank', ' \n', 'must be text that is not blank'],
    ['is not longer', 'abcd', 'is 4 characters long; at most 3 are allowed'],
    ['is told to be long rather than blank', '    ', 'is 4 characters long; at most 3 are allowed'],
  ])('%s', (_, value, fault) => {
    expect(textFault(value, 3)).toBe(fault);
  });
});
