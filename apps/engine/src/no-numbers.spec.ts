import { ggufBytes, noiseModel, randomLora, tinyMetadata, tinyTensors } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

const FAULT = { type: 'fault', fault: { code: 'model_invalid', message: expect.stringContaining('not a number (NaN)') as string, retryable: false } };

/** The token of that letter: each byte has one, behind two control tokens. */
const TILDE = 2 + '~'.charCodeAt(0);

/** A model of which the rows of a tensor that are named hold no numbers; all of it where none is. */
function broken(tensor: string, rows?: readonly number[]): Buffer {
  const tensors = tinyTensors().map((each) => {
    if (each.name !== tensor) return each;
    const data = new Float32Array(each.data.buffer.slice(each.data.byteOffset, each.data.byteOffset + each.data.byteLength));
    const width = Number(each.dimensions[0]);
    for (const row of rows ?? [0]) data.fill(Number.NaN, row * width, rows === undefined ? undefined : (row + 1) * width);
    return { ...each, data: Buffer.from(data.buffer) };
  });
  return ggufBytes({ metadata: tinyMetadata(), tensors });
}

describe('a model that computes no numbers', () => {
  const engine = new EngineUnderTest();

  beforeAll(() => engine.load('sound', engine.write('sound.gguf', noiseModel())));
  afterAll(() => engine.close());

  const score = (model: string, text: string, more: object = {}) => engine.call({ type: 'score', model, messages: [], text, ...more });

  it.each(['token_embd.weight', 'output_norm.weight', 'blk.0.attn_q.weight', 'output.weight'])('is not loaded: %s', async (tensor) => {
    expect(await engine.load(tensor, engine.write(`${tensor}.gguf`, broken(tensor)), { isNew: true })).toMatchObject(FAULT);
  });

  it('is not loaded with an adapter at far too large a scale, and is at one that is not', async () => {
    const [path, lora] = [engine.write('base.gguf', noiseModel()), engine.write('lora.gguf', ggufBytes(randomLora()))];
    for (const scale of [1e30, 1e308, -1e30])
      expect(await engine.load(`at ${scale}`, path, { isNew: true, adapter: { path: lora, scale } })).toMatchObject(FAULT);
    expect(await engine.load('at 2', path, { isNew: true, adapter: { path: lora, scale: 2 } })).toMatchObject({ type: 'loaded' });
  });

  it('for some tokens alone fails what has them, and nothing else', async () => {
    const text = 'The river ~ was old.';
    expect(await score('sound', text, { keep: { buffer: 'a', place: 0 } })).toMatchObject({ type: 'scored' });
    expect(await engine.load('partly', engine.write('partly.gguf', broken('token_embd.weight', [TILDE])), { isNew: true })).toMatchObject({ type: 'loaded' });
    const beside = engine.generate('sound', 'Hi', { max_tokens: 400 });
    for (const more of [{}, { alternatives: 20 }, { keep: { buffer: 'b', place: 0 } }, { against: { buffer: 'a', place: 0 } }])
      expect(await score('partly', text, more)).toMatchObject(FAULT);
    expect(await score('partly', 'The river was old.')).toMatchObject({ type: 'scored' });
    expect(await beside.answer).toMatchObject({ type: 'end' });
    await engine.call({ type: 'drop', buffer: 'a' });
  });
});
