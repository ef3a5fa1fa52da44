import type { Checkpoint, ModelStatus } from '@tandem/shared/contracts';
import { isUnconvertible, sayAssumptions, sayConversion, sayConversionsAhead } from './conversion-words';
import { type Coming } from './load-words';

const GGUF = {
  name: 'sft/a.gguf',
  format: 'gguf',
  loadable: true,
  converted: null,
  conversion_mb: null,
  family: null,
  assumptions: [] as string[],
} as unknown as Checkpoint;
const NEW: Checkpoint = { ...GGUF, name: 'sft/best.pt', format: 'pytorch', converted: false, conversion_mb: 260.4, family: 'nanogpt' };
const KEPT: Checkpoint = { ...NEW, converted: true, conversion_mb: 130 };
const REFUSED: Checkpoint = { ...NEW, loadable: false, converted: null, conversion_mb: null, reason: 'There is no tokenizer.' };
const status = (named: ModelStatus['status']): ModelStatus => ({ name: NEW.name, status: named }) as ModelStatus;

describe('sayConversion', () => {
  it.each([
    ['one that was never loaded', NEW, undefined, 'will be converted once, about 260 MB'],
    ['one of a size nobody knows', { ...NEW, conversion_mb: null }, undefined, 'will be converted once'],
    ['a very small one', { ...NEW, conversion_mb: 0 }, undefined, 'will be converted once, about 0.1 MB'],
    ['one that is converted right now', NEW, status('converting'), 'being converted, about 260 MB'],
    ['one whose conversion is kept', KEPT, undefined, 'converted, 130 MB'],
    ['one that is kept, of a size nobody knows', { ...KEPT, conversion_mb: null }, status('loaded'), 'converted'],
    ['one whose conversion failed', NEW, status('failed'), ''],
    ['a GGUF', GGUF, undefined, ''],
    ['one that cannot be converted', REFUSED, undefined, ''],
    ['a file of which nothing is known', undefined, undefined, ''],
    ['a file as an older server tells it', { name: 'a', loadable: true } as Checkpoint, undefined, ''],
  ])('of %s', (_, checkpoint, at, words) => expect(sayConversion(checkpoint, at)).toBe(words));
});

describe('sayAssumptions', () => {
  it('says all of them in one sentence', () => {
    expect(sayAssumptions({ ...NEW, assumptions: ['4 heads of 32', 'the GPT-2 vocabulary'] })).toBe('Assumed: 4 heads of 32; the GPT-2 vocabulary.');
  });
  it.each([NEW, undefined, { name: 'a' } as Checkpoint])('is empty where there are none: %j', (checkpoint) => expect(sayAssumptions(checkpoint)).toBe(''));
});

describe('isUnconvertible', () => {
  it.each([
    ['a file that is refused', REFUSED, undefined, true],
    ['one whose conversion failed', NEW, status('failed'), true],
    ['one that was converted and could not be loaded', KEPT, status('failed'), false],
    ['one at rest', NEW, undefined, false],
    ['a GGUF that is refused', { ...GGUF, loadable: false }, undefined, false],
    ['none', undefined, status('failed'), false],
  ])('of %s: %#', (_, checkpoint, at, expected) => expect(isUnconvertible(checkpoint, at)).toBe(expected));
});

describe('sayConversionsAhead', () => {
  const model = (title: string, checkpoint: Checkpoint | undefined, coming?: Coming) => ({ title, checkpoint, coming });
  const other: Checkpoint = { ...NEW, name: 'pretrain/best.pt' };

  it.each([
    ['one', [model('sft/best', NEW), model('Echo', undefined)], /^sft\/best is converted when it is first asked, once; the checkpoint stays as it is\.$/],
    ['two', [model('pretrain/best', other), model('sft/best', NEW)], /^pretrain\/best and sft\/best are converted when they are first asked, once; /],
    ['the same one on both sides', [model('sft/best', NEW), model('sft/best', NEW)], /^sft\/best is converted/],
    ['none that is on its way already', [model('sft/best', NEW, { what: 'loading', progress: 0 })], /^$/],
    ['none that is kept, refused, or needs none', [model('a', KEPT), model('b', REFUSED), model('c', GGUF)], /^$/],
  ])('names %s', (_, models, words) => expect(sayConversionsAhead(models)).toMatch(words));
});
