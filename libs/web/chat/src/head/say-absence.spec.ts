import { sayAbsence } from './say-absence';

describe('sayAbsence', () => {
  it.each([
    ['no model at all, which is nobody’s going', 'base', true, false, /^There is no model yet\.$/],
    ['the model of an old conversation is gone', 'base', true, true, /of this conversation, “base”, is not there any more: choose another/],
    ['a link names one that never was', 'bsae', false, true, /^There is no model “bsae” here: choose another\.$/],
    ['nobody chose yet', null, false, true, /^$/],
  ])('says that %s', (_, wanted, hasSpoken, isAnyThere, words) => expect(sayAbsence(wanted, hasSpoken, isAnyThere)).toMatch(words));
});
