import { TestBed } from '@angular/core/testing';
import { CARDS, sideAnswer, swapped, turn } from '../testing/turns';
import { isCrossed } from './is-crossed';
import { copiedTurn, KeptCopies, type KeptCopy, placesOf } from './kept-copies';

const copy = (id: string, turns = [turn()]): KeptCopy => ({
  id,
  baseline: 'base',
  derivative: 'tuned',
  turns: turns.map((each) => copiedTurn(each, false)),
});

describe('where a turn is kept', () => {
  it('is found in every copy that has it as it is, the latest last', () => {
    expect(placesOf([copy('a'), copy('b', [turn([], { id: 'zero' }), turn()])], turn())).toEqual([
      { comparison: 'a', turn: 0, isCrossed: false },
      { comparison: 'b', turn: 1, isCrossed: false },
    ]);
  });

  it('is the same for sides that changed places, the other way around', () => {
    expect(placesOf([copy('a')], swapped(turn()))).toEqual([{ comparison: 'a', turn: 0, isCrossed: true }]);
    const crossed = { ...copy('a'), turns: [copiedTurn(swapped(turn()), true)] };
    expect(placesOf([crossed], turn())).toEqual([{ comparison: 'a', turn: 0, isCrossed: false }]);
  });

  it.each([
    [
      'was asked for again',
      turn([sideAnswer('baseline'), sideAnswer('derivative', {}, { earlier: [{ model: 'tuned', answer: sideAnswer('derivative').answer }] })]),
    ],
    ['has another answer', turn([sideAnswer('baseline'), sideAnswer('derivative', { text: 'else' })])],
    ['was answered by another model', turn([sideAnswer('baseline'), sideAnswer('derivative', {}, { model: 'third' })])],
    ['is another one', turn(undefined, { id: 'two' })],
  ])('is nowhere where the turn %s since', (_, other) => expect(placesOf([copy('a')], other)).toEqual([]));
});

describe('the copies that are known', () => {
  beforeEach(() => localStorage.clear());

  const known = () => {
    TestBed.resetTestingModule();
    return TestBed.inject(KeptCopies);
  };

  it('outlive the page, and are forgotten by what the server calls them', () => {
    known().add('here', copy('a'));
    known().add('here', copy('b'));
    known().add('there', copy('c'));
    known().forget('a');
    expect([
      known()
        .of('here')
        .map(({ id }) => id),
      known()
        .of('there')
        .map(({ id }) => id),
      known().of('constructor'),
    ]).toEqual([['b'], ['c'], []]);
  });

  it('are known in every tab', () => {
    const [one, other] = [known(), TestBed.inject(KeptCopies)];
    one.add('here', copy('a'));
    dispatchEvent(new StorageEvent('storage', { key: 'tandem.compare.copies' }));
    expect(other.of('here')).toHaveLength(1);
  });

  it('are none where the storage holds something else', () => {
    localStorage.setItem('tandem.compare.copies', '[1');
    expect(known().of('here')).toEqual([]);
  });
});

describe('the derivative', () => {
  const [base, tuned] = CARDS;
  it.each([
    ['stands on the right', base, tuned, false],
    ['stands on the left', tuned, base, true],
    ['is both', tuned, tuned, false],
    ['is not known', undefined, base, false],
  ])('%s', (_, left, right, expected) => expect(isCrossed(left, right)).toBe(expected));
});
