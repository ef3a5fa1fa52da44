import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertCheckpoint, inspectCheckpoint } from '@tandem/import/families';
import type { ConvertedType } from '@tandem/shared/converter-protocol';
import { CHECKPOINT_FIXTURES, CHECKPOINT_FIXTURES_FOLDER, type CheckpointFixture, checkpointFixture, type ExpectedAnswers } from '@tandem/testing';
import { EngineUnderTest } from './testing/engine-under-test';

/** llama.cpp looks the GELU of its `gpt2` graph up in 16 bits, and nanoGPT's is another form of it. */
const GELU = new Set(['nanogpt', 'hf-gpt2', 'llms-from-scratch']);
const EXACT = 1e-4;
const TABLE = 0.03;

interface Reading {
  readonly encodings: number[][];
  readonly answers: readonly { readonly ids: number[]; readonly named: number[][]; readonly best: number[]; readonly greedy: number[] }[];
}

describe('a converted checkpoint computes what the code that trained it computes:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-imported-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  function converted(name: CheckpointFixture, type: ConvertedType): string {
    const { weightPaths, besidePaths } = inspectCheckpoint(checkpointFixture(name).path, CHECKPOINT_FIXTURES_FOLDER, type);
    const target = join(folder, `${name.replace('/', '-')}.${type}.gguf`);
    convertCheckpoint({ weights: weightPaths, beside: besidePaths, target, type, name }, () => undefined);
    return target;
  }

  describe.each(CHECKPOINT_FIXTURES)('%s', (name) => {
    const { expected } = checkpointFixture(name);

    it('in 32 bits to the last digit', async () => {
      const { encodings, answers } = await read(converted(name, 'f32'), expected);
      expect(encodings).toEqual(expected.encodings.map(({ ids }) => ids));
      expect(answers.map(({ ids }) => ids)).toEqual(expected.prompts.map(({ token_ids }) => token_ids));
      expect(answers.map(({ best }) => best)).toEqual(expected.prompts.map(({ logits }) => logits.map(({ top }) => top[0]?.[0])));
      expect(answers.map(({ greedy }) => greedy)).toEqual(expected.prompts.map(({ greedy_ids }) => greedy_ids));
      const distances = expected.prompts.flatMap(({ logits }, prompt) =>
        logits.flatMap(({ top }, place) => top.map(([, logit], index) => Math.abs(logit - (answers[prompt]?.named[place]?.[index] ?? NaN)))),
      );
      expect(Math.max(...distances)).toBeLessThan(GELU.has(expected.family) ? TABLE : EXACT);
    });

    it('in 16 bits word for word', async () => {
      const { answers } = await read(converted(name, 'f16'), expected);
      expect(answers.map(({ greedy }) => greedy)).toEqual(expected.prompts.map(({ greedy_ids }) => greedy_ids));
    });
  });

  describe('spoken to through the engine', () => {
    const engine = new EngineUnderTest();

    afterAll(() => engine.close());

    it.each<[CheckpointFixture, string[]]>([
      ['hf-qwen2', []],
      ['mini-deepseek/sft', ['\n\nHuman:']],
    ])('%s answers in the form it was trained with', async (name, stop) => {
      await engine.load(name, converted(name, 'f16'));
      const { text, finishReason } = await engine.ask(name, 'Who waits?', { max_tokens: 64, stop });
      const [answer = ''] = checkpointFixture(name).expected.prompts.flatMap(({ as, greedy_text }) =>
        as === 'chat' ? (greedy_text.split('\n\nHuman:')[0] ?? '') : [],
      );
      expect({ text: text.trim(), finishReason }).toEqual({ text: answer.trim(), finishReason: 'stop' });
    });
  });
});

function read(model: string, { encodings, prompts }: ExpectedAnswers): Promise<Reading> {
  const child = fork(join(import.meta.dirname, 'testing/read-logits.mjs'), [], { execArgv: [] });
  return new Promise((resolve, reject) => {
    let reading: Reading | undefined;
    child.once('message', (message) => (reading = message as Reading));
    child.once('exit', (code, signal) => (reading === undefined ? reject(new Error(`llama.cpp ended with ${code ?? signal}`)) : resolve(reading)));
    child.send({ model, encodings, prompts });
  });
}
