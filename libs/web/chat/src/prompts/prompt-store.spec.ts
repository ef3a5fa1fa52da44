import { TestBed } from '@angular/core/testing';
import { Undo } from '@tandem/web/design';
import { PromptStore } from './prompt-store';

function open() {
  TestBed.resetTestingModule();
  return { store: TestBed.inject(PromptStore), undo: TestBed.inject(Undo) };
}
const texts = (prompts: readonly { readonly text: string }[]): string[] => prompts.map(({ text }) => text);

describe('PromptStore', () => {
  beforeEach(() => localStorage.clear());

  it('keeps texts, each once', () => {
    const { store } = open();
    for (const text of ['Explain it.', ' Explain it.\n', '  ', 'Shorten it.']) store.save(text);
    expect(texts(open().store.prompts())).toEqual(['Explain it.', 'Shorten it.']);
    expect(store.has('Shorten it. ')).toBe(true);
  });

  it('finds them by words in them, however they are written', () => {
    const { store } = open();
    for (const text of ['Explain the Café.', 'Shorten it.']) store.save(text);
    expect(texts(store.find('cafe'))).toEqual(['Explain the Café.']);
    expect(texts(store.find(' '))).toHaveLength(2);
    expect(texts(store.find('river'))).toEqual([]);
  });

  it('gives back what was deleted', async () => {
    const { store, undo } = open();
    store.save('Explain it.\nAt length.');
    store.delete(store.prompts()[0]!.id);
    expect([store.prompts(), undo.offer()?.words]).toEqual([[], 'Prompt “Explain it.” deleted']);
    await undo.take();
    expect(texts(store.prompts())).toEqual(['Explain it.\nAt length.']);
  });
});
