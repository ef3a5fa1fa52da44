import { type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Settings, Theme } from '@tandem/web/design';
import { KeyboardHelp } from './keyboard-help';
import { SettingsDialog } from './settings-dialog';

async function setup(dialog: Type<KeyboardHelp | SettingsDialog>) {
  const fixture = TestBed.createComponent(dialog);
  fixture.componentRef.setInput('isOpen', true);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const texts = (selector: string): readonly string[] => [...page.querySelectorAll(selector)].map(({ textContent }) => textContent?.trim() ?? '');
  return { fixture, page, texts };
}

beforeAll(() => {
  globalThis.matchMedia = (() => ({ matches: false, addEventListener: () => undefined })) as never;
  // jsdom has no modal dialogs: here they are open where they are asked to be
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    },
  });
});

afterEach(() => localStorage.clear());

describe('the settings', () => {
  const choose = async ({ page, fixture }: Awaited<ReturnType<typeof setup>>, label: string): Promise<void> => {
    const found = [...page.querySelectorAll('label')].find(({ textContent }) => textContent?.trim().startsWith(label));
    found?.querySelector('input')?.click();
    await fixture.whenStable();
  };

  it('are three choices, each under its own name, with what holds chosen', async () => {
    const { page, texts } = await setup(SettingsDialog);
    expect(texts('legend')).toEqual(['Theme', 'Size of text', 'A prompt is sent with']);
    expect([...page.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value)).toEqual(['system', 'normal', 'page']);
  });

  it('say what each way of sending leaves for a new line', async () => {
    const { texts } = await setup(SettingsDialog);
    expect(texts('.hint')).toEqual(['Enter in a chat, Ctrl+Enter in a comparison', 'Shift+Enter begins a new line', 'Enter begins a new line']);
  });

  it('hold at once, on every page', async () => {
    const dialog = await setup(SettingsDialog);
    await choose(dialog, 'Dark');
    await choose(dialog, 'Largest');
    await choose(dialog, 'Ctrl+Enter');
    const settings = TestBed.inject(Settings);
    expect([TestBed.inject(Theme).isDark(), settings.textSize(), settings.sendsOn('enter')]).toEqual([true, 'largest', 'control-enter']);
    expect([document.documentElement.dataset['theme'], document.documentElement.dataset['textSize']]).toEqual(['dark', 'largest']);
  });

  it('are gone when their dialog is closed, and whoever opened it knows', async () => {
    const { fixture, page } = await setup(SettingsDialog);
    page.querySelector<HTMLElement>('[aria-label=Close]')?.click();
    await fixture.whenStable();
    expect([fixture.componentInstance.isOpen(), page.querySelector('legend')]).toEqual([false, null]);
  });
});

describe('the list of keys', () => {
  const keysOf = ({ page }: Awaited<ReturnType<typeof setup>>, does: string): readonly string[] | undefined => {
    const row = [...page.querySelectorAll('dl > div')].find((each) => each.querySelector('dd')?.textContent === does);
    return row && [...row.querySelectorAll('kbd')].map(({ textContent }) => textContent ?? '');
  };

  it('has each key once, and says what it does', async () => {
    const { texts } = await setup(KeyboardHelp);
    expect(new Set(texts('dt').map((keys) => keys.replace(/\s+/g, ' '))).size).toBe(texts('dd').length);
    expect(texts('dd')).not.toContain('');
  });

  it.each([
    ['page', ['Ctrl', '↵'], ['↵']],
    ['enter', ['↵'], ['↵']],
    ['control-enter', ['Ctrl', '↵'], ['Ctrl', '↵']],
  ] as const)('has the keys that send as they are set: %s', async (choice, comparing, chatting) => {
    TestBed.inject(Settings).chooseSending(choice);
    const dialog = await setup(KeyboardHelp);
    expect(keysOf(dialog, 'Send the prompt to both models')).toEqual(comparing);
    expect(keysOf(dialog, 'Send the message, in a chat')).toEqual(chatting);
  });
});
