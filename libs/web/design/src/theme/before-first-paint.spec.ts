import { jest } from '@jest/globals';
import { keepChoice } from '../settings/read-choice';
import { TEXT_SIZE_KEY } from '../settings/text-size';
import { keepThemeChoice, type ThemeChoice } from './theme-choice';

async function paintFirst(choice: ThemeChoice, systemIsDark: boolean): Promise<string | undefined> {
  globalThis.matchMedia = () => ({ matches: systemIsDark }) as MediaQueryList;
  keepThemeChoice(choice);
  jest.resetModules();
  await import('./before-first-paint');
  return document.documentElement.dataset['theme'];
}

describe('before the first paint', () => {
  afterEach(() => localStorage.clear());

  it.each([
    ['system', true, 'dark'],
    ['system', false, 'light'],
    ['light', true, 'light'],
    ['dark', false, 'dark'],
  ] as const)('the choice %s, with a dark system %s, is %s', async (choice, systemIsDark, theme) => {
    expect(await paintFirst(choice, systemIsDark)).toBe(theme);
  });

  it('marks the size of text that was chosen', async () => {
    keepChoice(TEXT_SIZE_KEY, 'large');
    await paintFirst('system', false);
    expect(document.documentElement.dataset['textSize']).toBe('large');
  });
});
