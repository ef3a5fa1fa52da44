import { completionRequest } from '@tandem/api/completion/testing';
import type { Dialect } from './dialect';
import { llamaServer } from './llama-server';
import { ollama } from './ollama';
import { openaiCompletions } from './openai-completions';
import { plainEvents } from './plain-server';
import { promptOf } from './prompt-of';
import { tgi } from './tgi';

const NONE: ReadonlySet<string> = new Set();
const text = (words: string, reasoning = false) => ({ kind: 'text', text: words, reasoning });
const stop = { kind: 'finish', reason: 'stop' };
const implied = { ...stop, isImplied: true };
const end = { kind: 'end' };
const read = (dialect: Dialect, document: unknown) => dialect.readEvent({ data: JSON.stringify(document) });
const bodyOf = (dialect: Dialect, parameters = {}) => dialect.requestBody(completionRequest('Hi', parameters), 'm', NONE);

describe('the body for', () => {
  it('completions holds a prompt in place of messages', () => {
    expect(bodyOf(openaiCompletions)).toMatchObject({ prompt: 'Hi', max_tokens: 512, top_k: 50, seed: 7 });
    expect(bodyOf(openaiCompletions)).not.toHaveProperty('messages');
  });

  it('llama-server asks for progress and for an answer that can be repeated', () => {
    expect(bodyOf(llamaServer)).toMatchObject({ return_progress: true, cache_prompt: false, repeat_penalty: 1.1, seed: 7 });
  });

  it('Ollama forbids it to cut, and names every value in its options', () => {
    expect(bodyOf(ollama, { stop: ['\n'] })).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      truncate: false,
      shift: false,
      options: {
        temperature: 0.7,
        top_p: 0.9,
        top_k: 50,
        min_p: 0,
        repeat_penalty: 1.1,
        repeat_last_n: 64,
        num_predict: 512,
        seed: 7,
        stop: ['\n'],
      },
    });
  });

  it.each([
    [{}, { do_sample: true, temperature: 0.7, top_p: 0.9, top_k: 50 }],
    [
      { top_p: 1, top_k: 0 },
      { do_sample: true, temperature: 0.7 },
    ],
    [{ temperature: 0 }, { do_sample: false }],
  ])('TGI with %j leaves out what is off', (parameters, sampling) => {
    expect(bodyOf(tgi, parameters)).toEqual({
      inputs: 'Hi',
      parameters: {
        ...sampling,
        repetition_penalty: 1.1,
        max_new_tokens: 512,
        seed: 7,
        stop: [],
        return_full_text: false,
        details: true,
      },
    });
  });

  it('one text makes a script of several messages', () => {
    expect(
      promptOf([
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ]),
    ).toBe('System: Be brief.\n\nUser: Hi\n\nAssistant:');
  });
});

describe('a line of Ollama', () => {
  it.each([
    [{ message: { content: 'Hi' }, done: false }, [text('Hi')]],
    [{ message: { thinking: 'hm', content: '' }, done: false }, [text('hm', true)]],
    [{ message: { content: '' }, done: true, done_reason: 'length' }, [{ kind: 'finish', reason: 'length' }, end]],
    [{ message: { content: 'a' }, done: true }, [text('a'), stop, end]],
    [{ done: true, done_reason: 'new' }, [{ kind: 'finish', reason: 'other' }, end]],
    [{ error: 'out of memory' }, [{ kind: 'failure', failure: { message: 'out of memory' } }]],
    [{ message: null }, []],
    ['text', [{ kind: 'garbled' }]],
  ])('%j says what it says', (document, pieces) => {
    expect(read(ollama, document)).toEqual(pieces);
  });

  it('counts and times at the end', () => {
    const numbers = { prompt_eval_count: 9, eval_count: 2, eval_duration: 1e8, load_duration: 5e6 };
    expect(read(ollama, { done: true, done_reason: 'stop', ...numbers })).toEqual([
      { kind: 'usage', usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } },
      { kind: 'timings', timings: { load_ms: 5, tokens_per_second: 20 } },
      stop,
      end,
    ]);
  });

  it('takes no load for an answer', () => {
    expect(read(ollama, { done: true, done_reason: 'load' })).toMatchObject([{ kind: 'failure' }, end]);
  });
});

describe('an event of TGI', () => {
  const token = (words: string, special = false) => ({ token: { id: 1, text: words, special } });
  it.each([
    [{ ...token(' Hi'), generated_text: null }, [text(' Hi')]],
    [{ ...token('</s>', true), generated_text: null }, []],
    [{ ...token('!'), generated_text: 'Hi!', details: { finish_reason: 'length', generated_tokens: 2 } }, [text('!'), { kind: 'finish', reason: 'length' }]],
    [{ ...token('</s>', true), generated_text: '', details: { finish_reason: 'eos_token' } }, [stop]],
    [{ error: 'boom', error_type: 'generation' }, [{ kind: 'failure', failure: { message: 'boom', type: 'generation' } }]],
  ])('%j says what it says', (document, pieces) => {
    expect(read(tgi, document)).toEqual(pieces);
  });
});

describe('an event of a server of its own making', () => {
  it.each([
    ['tok', [text('tok')]],
    [' two words', [text(' two words')]],
    ['a\nb', [text('a\nb')]],
    ['[DONE]', [implied, end]],
    ['{"token":"a"}', [text('a')]],
    ['{"response":"a","done":true}', [text('a'), implied]],
    ['{"text":"","finish_reason":"length"}', [{ kind: 'finish', reason: 'length' }]],
    ['{"choices":[{"text":"a","finish_reason":null}]}', [text('a')]],
    ['{"token":null}', []],
    ['{"detail":"no room"}', [{ kind: 'failure', failure: { message: 'no room' } }]],
  ])('with the data %j says what it says', (data, pieces) => {
    expect(plainEvents.readEvent({ data })).toEqual(pieces);
  });

  it.each(['end', 'done'])('named %s is the end', (event) => {
    expect(plainEvents.readEvent({ event, data: '' })).toEqual([implied, end]);
  });

  it('named error is a failure', () => {
    expect(plainEvents.readEvent({ event: 'error', data: 'boom' })).toEqual([{ kind: 'failure', failure: { message: 'boom' } }]);
  });

  it.each([
    ['{"output":"a"}', [text('a'), implied, end]],
    ['"a"', [text('a'), implied, end]],
    ['{"text":"a"}\n{"text":"b"}\n', [text('a'), text('b'), implied, end]],
    ['{"error":"x"}', [{ kind: 'failure', failure: { message: 'x' } }]],
    ['{"hello":1}', []],
    ['{"te', [{ kind: 'garbled' }]],
  ])('as one document %j is whole', (document, pieces) => {
    expect(plainEvents.readWhole(document)).toEqual(pieces);
  });
});

describe('progress', () => {
  it.each([
    [{ total: 110, cache: 10, processed: 60 }, [{ kind: 'progress', progress: 0.5 }]],
    [{ total: 10, cache: 10, processed: 10 }, []],
    [{ total: 'x' }, []],
  ])('%j is what was read of what had to be read', (progress, pieces) => {
    expect(read(llamaServer, { choices: [{ delta: {} }], prompt_progress: progress })).toEqual(pieces);
  });
});
