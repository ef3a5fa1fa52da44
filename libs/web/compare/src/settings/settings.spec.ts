import { PLAIN_SETTINGS, Settings } from './settings';

const warm = { ...PLAIN_SETTINGS.parameters, temperature: 1.5 };

describe('Settings', () => {
  it('are the same for both sides while they are linked', () => {
    const settings = new Settings();
    settings.change('derivative', { parameters: warm });
    expect(settings.of('baseline').parameters).toEqual(warm);
    expect(settings.differ()).toBe(false);
  });

  it('differ once they are unlinked, and are the left side’s when they are linked again', () => {
    const settings = new Settings();
    settings.link(false);
    settings.change('derivative', { parameters: warm });
    expect([settings.of('baseline').parameters, settings.of('derivative').parameters]).toEqual([PLAIN_SETTINGS.parameters, warm]);
    expect(settings.differ()).toBe(true);
    settings.link(true);
    expect(settings.of('derivative')).toEqual(PLAIN_SETTINGS);
  });

  it('are unlinked where a link brings different ones', () => {
    const settings = new Settings();
    settings.take([PLAIN_SETTINGS, { ...PLAIN_SETTINGS, system: 'Be brief.' }]);
    expect(settings.isLinked()).toBe(false);
    settings.swap();
    expect(settings.of('baseline').system).toBe('Be brief.');
  });
});
