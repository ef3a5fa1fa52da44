import { type TurnView } from '../turn/turn-view';
import { alikeSettings } from './alike-settings';
import { PLAIN_SETTINGS, Settings } from './settings';

const turnWith = (seed: number): TurnView => {
  const settings = { ...PLAIN_SETTINGS, parameters: { ...PLAIN_SETTINGS.parameters, seed }, isParity: true };
  return { answers: [{ settings }] } as unknown as TurnView;
};

describe('alikeSettings', () => {
  it('draws a seed, and gives the other side of the turn the same', () => {
    const { parameters, isParity } = alikeSettings(PLAIN_SETTINGS, undefined);
    expect(isParity).toBe(true);
    expect(Number.isInteger(parameters.seed)).toBe(true);
    expect(parameters.seed).toBeLessThan(2 ** 31);
    expect(alikeSettings(PLAIN_SETTINGS, turnWith(4711)).parameters.seed).toBe(4711);
  });

  it('keeps a seed that a person set', () => {
    const settings = { ...PLAIN_SETTINGS, parameters: { ...PLAIN_SETTINGS.parameters, seed: 7 } };
    expect(alikeSettings(settings, turnWith(4711)).parameters.seed).toBe(7);
  });
});

describe('the parity lock', () => {
  it('links the sides, and is off where they are not', () => {
    const settings = new Settings();
    settings.link(false);
    settings.change('derivative', { system: 'Be brief.' });
    settings.lock(true);
    expect([settings.isParity(), settings.isLinked(), settings.differ()]).toEqual([true, true, false]);
    settings.link(false);
    expect(settings.isParity()).toBe(false);
  });

  it('is off where what is taken over differs', () => {
    const settings = new Settings();
    settings.lock(true);
    settings.take([PLAIN_SETTINGS, { ...PLAIN_SETTINGS, system: 'Be brief.' }]);
    expect(settings.isParity()).toBe(false);
  });
});
