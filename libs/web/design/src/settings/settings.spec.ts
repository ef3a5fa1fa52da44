import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Settings } from './settings';

describe('Settings', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  it('leaves each page its own keys until some are chosen for all', () => {
    const settings = TestBed.inject(Settings);
    expect([settings.sendsOn('enter'), settings.sendsOn('control-enter')]).toEqual(['enter', 'control-enter']);
    settings.chooseSending('enter');
    expect([settings.sendsOn('enter'), settings.sendsOn('control-enter')]).toEqual(['enter', 'enter']);
  });

  it('keeps what was chosen for the next page', () => {
    TestBed.inject(Settings).chooseSending('control-enter');
    TestBed.inject(Settings).chooseTextSize('large');
    TestBed.resetTestingModule();
    const next = TestBed.inject(Settings);
    expect([next.sendChoice(), next.textSize()]).toEqual(['control-enter', 'large']);
  });

  it('follows what another tab chooses', () => {
    const settings = TestBed.inject(Settings);
    localStorage.setItem('tandem.text-size', 'largest');
    dispatchEvent(new StorageEvent('storage', { key: 'tandem.text-size' }));
    expect(settings.textSize()).toBe('largest');
  });

  it('takes what is stored but no choice for nothing', () => {
    localStorage.setItem('tandem.sends-on', 'space');
    expect(TestBed.inject(Settings).sendChoice()).toBe('page');
  });

  it('shows the size on the page', () => {
    TestBed.inject(Settings).chooseTextSize('small');
    TestBed.tick();
    expect(document.documentElement.dataset['textSize']).toBe('small');
  });

  it('does without a storage that is full or forbidden', () => {
    const refuse = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
    const settings = TestBed.inject(Settings);
    settings.chooseTextSize('large');
    expect(settings.textSize()).toBe('large');
  });
});
