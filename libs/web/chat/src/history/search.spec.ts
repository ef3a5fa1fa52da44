import { conversation, question } from '../testing/records';
import { excerptOf, hasTitle } from './search';

describe('excerptOf', () => {
  it('shows the place in its surroundings, whatever the case', () => {
    const text = `${'before '.repeat(20)}the Needle\nin the hay ${'after '.repeat(40)}`;
    expect(excerptOf(question('q1', null, text), ' needle ')).toMatch(/^…[\w ]{10,40}the Needle in the hay after/);
  });

  it('finds letters without their accents', () => {
    expect(excerptOf(question('q1', null, 'Ein Café'), 'cafe')).toBe('Ein Café');
  });

  it.each(['missing', ''])('finds nothing for "%s"', (query) => {
    expect(excerptOf(question('q1', null, 'some text'), query)).toBeUndefined();
  });
});

it('finds titles as well', () => {
  expect(hasTitle(conversation({ title: 'About Tandem' }), 'tandem')).toBe(true);
  expect(hasTitle(conversation({ title: 'About Tandem' }), 'river')).toBe(false);
});
