import { TestBed } from '@angular/core/testing';
import { DEFAULT_PARAMETERS } from '@tandem/shared/contracts';
import { Undo } from '@tandem/web/design';
import { PresetStore } from './preset-store';

const BRIEF = { system: 'Be brief.', parameters: { ...DEFAULT_PARAMETERS, temperature: 0 } };
const LONG = { system: 'Be long.', parameters: { ...DEFAULT_PARAMETERS, max_tokens: 4096 } };

function open() {
  TestBed.resetTestingModule();
  return { store: TestBed.inject(PresetStore), undo: TestBed.inject(Undo) };
}

describe('PresetStore', () => {
  beforeEach(() => localStorage.clear());

  it('keeps a system prompt and parameters under a name', () => {
    open().store.save(' Brief ', BRIEF);
    expect(open().store.presets()).toMatchObject([{ name: 'Brief', ...BRIEF }]);
  });

  it('saves in place of the one of that name', () => {
    const { store } = open();
    store.save('Brief', BRIEF);
    const [before] = store.presets();
    store.save('Brief', LONG);
    expect(store.presets()).toEqual([{ ...before, ...LONG }]);
  });

  it('knows which one is in use', () => {
    const { store } = open();
    store.save('Brief', BRIEF);
    store.save('Long', LONG);
    expect(store.inUse(LONG)?.name).toBe('Long');
    expect(store.inUse({ ...LONG, system: ' Be long.\n' })?.name).toBe('Long');
    expect(store.inUse({ ...LONG, parameters: { ...LONG.parameters, seed: 7 } })).toBeUndefined();
    expect(store.inUse({ ...LONG, parameters: { ...LONG.parameters, stop: ['.'] } })).toBeUndefined();
  });

  it('renames, deletes and gives back', async () => {
    const { store, undo } = open();
    store.save('Brief', BRIEF);
    const { id } = store.named('Brief')!;
    store.rename(id, 'Short');
    expect(store.presets().map(({ name }) => name)).toEqual(['Short']);
    store.delete(id);
    expect([store.presets(), undo.offer()?.words]).toEqual([[], 'Preset “Short” deleted']);
    await undo.take();
    expect(store.presets().map(({ name }) => name)).toEqual(['Short']);
  });

  it('leaves out what could not be asked with', () => {
    const hot = { id: 'h', name: 'Hot', system: '', parameters: { ...DEFAULT_PARAMETERS, temperature: 9 } };
    const bare = { id: 'b', name: 'Bare', system: '' };
    localStorage.setItem('tandem.chat.presets', JSON.stringify([hot, bare, { ...hot, id: 'w', parameters: DEFAULT_PARAMETERS }]));
    expect(
      open()
        .store.presets()
        .map(({ id }) => id),
    ).toEqual(['w']);
  });
});
