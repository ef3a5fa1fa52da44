import { parse } from 'csv-parse/sync';
import type { RunItem } from '@tandem/shared/contracts';
import { answerOf } from '../testing/answer-of';
import { csvHead, csvRow } from './run-csv';

const MODELS = ['a', 'b'];
const FAULT = { code: 'upstream_rejected', message: 'It said "no".', retryable: false } as const;
const itemOf = (changes: Partial<RunItem> = {}): RunItem => ({
  id: 'p:1',
  prompt: 'Hello?',
  repeat: 1,
  state: 'done',
  answers: { baseline: answerOf('a', 'yes'), derivative: answerOf('b', 'no') },
  divergence: 0.25,
  length_ratio: 1.5,
  latency: 20,
  verdicts: [],
  ...changes,
});
/** A row as a program reads it, by the names of its columns. */
const read = (item: RunItem, models: readonly string[] = MODELS): Record<string, string> =>
  (parse(csvHead(models.length) + csvRow(item, models), { columns: true }) as Record<string, string>[])[0]!;
const said = (text: string) => itemOf({ answers: { baseline: answerOf('a', text), derivative: answerOf('b', text) } });

describe('a run as CSV', () => {
  it('names the columns of each side, in the order of the models', () => {
    expect(csvHead(2)).toBe(
      'id,repeat,state,prompt,reference,divergence,length_ratio,latency_ms,' +
        'model_1,text_1,finish_reason_1,passed_1,total_ms_1,error_1,model_2,text_2,finish_reason_2,passed_2,total_ms_2,error_2\n',
    );
    expect(csvHead(20)).toContain(',error_20\n');
  });

  it('has what was asked and what came of it', () => {
    const passed = (is: boolean) => ({ check: { passed: is, checks: [] } });
    const answers = { baseline: answerOf('a', 'yes', passed(true)), derivative: answerOf('b', 'no', passed(false)) };
    expect(read(itemOf({ answers, reference: 'yes' }))).toEqual({
      ...{ id: 'p:1', repeat: '1', state: 'done', prompt: 'Hello?', reference: 'yes', divergence: '0.25', length_ratio: '1.5', latency_ms: '20' },
      ...{ model_1: 'a', text_1: 'yes', finish_reason_1: 'stop', passed_1: 'true', total_ms_1: '2', error_1: '' },
      ...{ model_2: 'b', text_2: 'no', finish_reason_2: 'stop', passed_2: 'false', total_ms_2: '2', error_2: '' },
    });
  });

  it('names the models of an item that was not asked yet, and knows nothing else of it', () => {
    const row = read(itemOf({ answers: {}, state: 'queued', divergence: null, length_ratio: null, latency: null }));
    expect(row).toMatchObject({ state: 'queued', divergence: '', latency_ms: '', model_1: 'a', text_1: '', passed_1: '', model_2: 'b', error_2: '' });
  });

  it('has why a side has no answer', () => {
    const derivative = answerOf('b', 'half', { error: FAULT, finish_reason: null, timings: null });
    const row = read(itemOf({ state: 'failed', answers: { baseline: answerOf('a', 'yes'), derivative } }));
    expect(row).toMatchObject({ error_1: '', text_2: 'half', finish_reason_2: '', passed_2: '', total_ms_2: '', error_2: 'It said "no".' });
  });

  it('has the answers of variants beside each other, and a conversation as one text', () => {
    const messages = [
      { role: 'user' as const, content: 'Hi' },
      { role: 'assistant' as const, content: 'Hello.' },
    ];
    const { prompt: _, ...item } = itemOf({ messages, answers: ['a', 'b', 'c'].map((model) => answerOf(model, `of ${model}`)) });
    expect(read(item, ['a', 'b', 'c'])).toMatchObject({ prompt: 'user: Hi\nassistant: Hello.', text_1: 'of a', text_2: 'of b', text_3: 'of c' });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|"/C calc"!A0', '-', '＝1', '＋1', '－1', '＠x'])(
    'makes a cell safe that a spreadsheet would compute: %j',
    (text) => {
      const row = read(itemOf({ ...said(text), id: `${text}:1`, prompt: text, reference: text }));
      for (const name of ['text_1', 'text_2', 'prompt', 'reference']) expect(row[name]).toBe(`'${text}`);
      expect(row['id']).toBe(`'${text}:1`);
    },
  );

  it.each(['plain', 'a=b', 'a, "b"\nc', "'quoted'", ' =1', 'a\r\nb', '😀', ';', '1,5', ''])('gives any other cell back as it is: %j', (text) => {
    expect(read(said(text))).toMatchObject({ text_1: text, text_2: text });
  });

  it('leaves numbers numbers', () => {
    expect(read(itemOf({ divergence: -1e-9, length_ratio: 0 }))).toMatchObject({ divergence: '-1e-9', length_ratio: '0' });
  });

  it('makes the name of a model safe, too', () => {
    expect(read(itemOf(), ['=a', 'b'])).toMatchObject({ model_1: "'=a" });
  });
});
