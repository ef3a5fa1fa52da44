import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { PagingDto } from '../paging.dto';
import { SetNameQueryDto } from '../prompt-sets/set-name-query.dto';
import { ExportQueryDto, ItemQueryDto, RunRequestDto } from './run-requests.dto';

const PAIR = { baseline: 'a', derivative: 'b', prompt_set: 'general' };
const variants = (count: number) => Array.from({ length: count }, (_, n) => `m${n}`);
/** As the server has it; what it refuses with is the path and the first sentence. */
const validation = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  exceptionFactory: ([first]: ValidationError[]) => refusalOf(first!),
});

function refusalOf({ property, constraints = {}, children = [] }: ValidationError): { readonly param: string; readonly sentence: string } {
  const [child] = children;
  if (child === undefined) return { param: property, sentence: Object.values(constraints)[0] ?? '' };
  const { param, sentence } = refusalOf(child);
  return { param: `${property}.${param}`, sentence };
}
const read = (metatype: new () => object, value: object): Promise<unknown> => validation.transform(value, { type: 'body', metatype });

describe('what a run is asked for with', () => {
  it.each<object>([
    PAIR,
    { ...PAIR, derivative: 'a' },
    { variants: variants(2), prompt_set: 'general' },
    { variants: variants(20), prompt_set: 'general' },
    { ...PAIR, repeats: 1, score: true },
    { ...PAIR, repeats: 20, score: false },
    { ...PAIR, parameters: {} },
    { ...PAIR, parameters: { temperature: 0, top_p: 1, top_k: 0, repetition_penalty: 2, max_tokens: 1, seed: 0, stop: [] } },
    { ...PAIR, parameters: { temperature: 2, top_k: 1_000, max_tokens: 32_768, seed: Number.MAX_SAFE_INTEGER } },
    { ...PAIR, parameters: { seed: null, stop: Array(16).fill('x'.repeat(256)) } },
  ])('may be %j', async (body) => {
    expect(await read(RunRequestDto, body)).toMatchObject(body);
  });

  it.each<[object, string]>([
    [{ prompt_set: 'general' }, 'baseline'],
    [{ baseline: 'a', prompt_set: 'general' }, 'derivative'],
    [{ derivative: 'b', prompt_set: 'general' }, 'baseline'],
    [{ ...PAIR, baseline: '' }, 'baseline'],
    [{ ...PAIR, derivative: 7 }, 'derivative'],
    [{ ...PAIR, variants: variants(2) }, 'baseline'],
    [{ derivative: 'b', variants: variants(2), prompt_set: 'general' }, 'derivative'],
    [{ variants: [], prompt_set: 'general' }, 'variants'],
    [{ variants: ['a'], prompt_set: 'general' }, 'variants'],
    [{ variants: ['a', 'a'], prompt_set: 'general' }, 'variants'],
    [{ variants: ['a', ''], prompt_set: 'general' }, 'variants'],
    [{ variants: ['a', 7], prompt_set: 'general' }, 'variants'],
    [{ variants: variants(21), prompt_set: 'general' }, 'variants'],
    [{ variants: 'a,b', prompt_set: 'general' }, 'variants'],
    [{ baseline: 'a', derivative: 'b' }, 'prompt_set'],
    [{ ...PAIR, prompt_set: '' }, 'prompt_set'],
    [{ ...PAIR, prompt_set: ['general'] }, 'prompt_set'],
    [{ ...PAIR, repeats: 0 }, 'repeats'],
    [{ ...PAIR, repeats: 21 }, 'repeats'],
    [{ ...PAIR, repeats: 1.5 }, 'repeats'],
    [{ ...PAIR, repeats: '2' }, 'repeats'],
    [{ ...PAIR, repeats: null }, 'repeats'],
    [{ ...PAIR, score: 'true' }, 'score'],
    [{ ...PAIR, score: null }, 'score'],
    [{ ...PAIR, note: 'x' }, 'note'],
    [{ ...PAIR, parameters: [] }, 'parameters'],
    [{ ...PAIR, parameters: null }, 'parameters'],
    [{ ...PAIR, parameters: { temperature: 2.1 } }, 'parameters.temperature'],
    [{ ...PAIR, parameters: { top_p: 0 } }, 'parameters.top_p'],
    [{ ...PAIR, parameters: { top_k: 1_001 } }, 'parameters.top_k'],
    [{ ...PAIR, parameters: { repetition_penalty: 0 } }, 'parameters.repetition_penalty'],
    [{ ...PAIR, parameters: { max_tokens: 0 } }, 'parameters.max_tokens'],
    [{ ...PAIR, parameters: { seed: -1 } }, 'parameters.seed'],
    [{ ...PAIR, parameters: { seed: 1.5 } }, 'parameters.seed'],
    [{ ...PAIR, parameters: { seed: 2 ** 53 } }, 'parameters.seed'],
    [{ ...PAIR, parameters: { stop: ['x'.repeat(257)] } }, 'parameters.stop'],
    [{ ...PAIR, parameters: { stop: Array(17).fill('x') } }, 'parameters.stop'],
    [{ ...PAIR, parameters: { stop: [''] } }, 'parameters.stop'],
    [{ ...PAIR, parameters: { n: 2 } }, 'parameters.n'],
  ])('is refused as %j, for %s', async (body, param) => {
    await expect(read(RunRequestDto, body)).rejects.toMatchObject({ param, sentence: expect.stringMatching(/must|should not exist/) });
  });
});

describe('what a list is asked for with', () => {
  it.each<[new () => object, object, object]>([
    [PagingDto, {}, {}],
    [PagingDto, { limit: '1' }, { limit: 1 }],
    [PagingDto, { limit: '100', cursor: 'x' }, { limit: 100, cursor: 'x' }],
    [ItemQueryDto, { sort: 'latency', filter: 'flips', limit: '7' }, { sort: 'latency', filter: 'flips', limit: 7 }],
    [ItemQueryDto, { filter: 'state:queued' }, { filter: 'state:queued' }],
    [ExportQueryDto, { format: 'csv' }, { format: 'csv' }],
    [SetNameQueryDto, { name: 'x'.repeat(200) }, { name: 'x'.repeat(200) }],
  ])('may be, as %p, %j', async (metatype, query, expected) => {
    expect(await read(metatype, query)).toEqual(expected);
  });

  it.each<[new () => object, object, string]>([
    [PagingDto, { limit: '0' }, 'limit'],
    [PagingDto, { limit: '101' }, 'limit'],
    [PagingDto, { limit: '1.5' }, 'limit'],
    [PagingDto, { limit: '' }, 'limit'],
    [PagingDto, { limit: 'many' }, 'limit'],
    [PagingDto, { limit: ['1', '2'] }, 'limit'],
    [PagingDto, { cursor: ['x', 'y'] }, 'cursor'],
    [PagingDto, { page: '2' }, 'page'],
    [ItemQueryDto, { sort: 'length' }, 'sort'],
    [ItemQueryDto, { sort: ['id', 'latency'] }, 'sort'],
    [ItemQueryDto, { filter: 'state:running' }, 'filter'],
    [ItemQueryDto, { filter: 'passed' }, 'filter'],
    [ExportQueryDto, {}, 'format'],
    [ExportQueryDto, { format: 'pdf' }, 'format'],
    [SetNameQueryDto, { name: ' ' }, 'name'],
    [SetNameQueryDto, { name: 'x'.repeat(201) }, 'name'],
    [SetNameQueryDto, { name: 'a\0' }, 'name'],
    [SetNameQueryDto, { name: ['a', 'b'] }, 'name'],
  ])('is refused, as %p, for %j', async (metatype, query, param) => {
    await expect(read(metatype, query)).rejects.toMatchObject({ param, sentence: expect.stringMatching(/must|should not exist/) });
  });
});
