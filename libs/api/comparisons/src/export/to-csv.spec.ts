import { parse } from 'csv-parse/sync';
import { bareAnswer, comparison, fullAnswer, oneTurn } from '../testing/kept-content';
import { toCsv } from './to-csv';

/** As a spreadsheet reads it: the names of the columns, then a row for each turn. */
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

const SIDE = ['model', 'text', 'thoughts', 'finish_reason', 'error', 'prompt_tokens', 'completion_tokens', 'ttft_ms', 'total_ms', 'tokens_per_second', 'seed'];

describe('a comparison as CSV', () => {
  it('has a column for each thing that is known of each side', () => {
    const [names = ''] = toCsv(comparison()).split('\r\n');
    expect(names.split(',')).toEqual(['turn', 'system', 'prompt', ...['baseline', 'derivative'].flatMap((side) => SIDE.map((name) => `${side}_${name}`))]);
  });

  it('has a row for each turn, and nothing behind the last', () => {
    const csv = toCsv(comparison());
    expect(rowsOf(csv).map(({ turn, prompt }) => [turn, prompt])).toEqual([
      ['0', 'What is a tandem?'],
      ['1', 'And a trike?'],
    ]);
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  it('has all figures of an answer', () => {
    expect(rowsOf(toCsv(comparison()))[0]).toMatchObject({
      system: 'Answer in one sentence.',
      baseline_model: 'old',
      baseline_text: 'A bicycle.',
      baseline_thoughts: 'Two riders.',
      baseline_finish_reason: 'stop',
      baseline_error: '',
      baseline_prompt_tokens: '5',
      baseline_completion_tokens: '7',
      baseline_ttft_ms: '41.2',
      baseline_total_ms: '1305',
      baseline_tokens_per_second: '53.84',
      baseline_seed: '7',
      derivative_text: 'A bicycle for two.',
    });
  });

  it('leaves empty what is not known, and tells zeros', () => {
    const timings = { queue_ms: 0, load_ms: 0, ttft_ms: null, total_ms: 0, tokens_per_second: null, source: 'measured' } as const;
    const turns = [{ prompt: 'x', baseline: bareAnswer('old', ''), derivative: bareAnswer('new', '', { timings, seed: 0 }) }];
    const [row] = rowsOf(toCsv(comparison({ system: null, turns })));
    expect(SIDE.map((name) => row?.[`baseline_${name}`])).toEqual(['old', ...Array<string>(10).fill('')]);
    expect(row).toMatchObject({ system: '', derivative_ttft_ms: '', derivative_total_ms: '0', derivative_seed: '0' });
  });

  it('tells how an answer failed', () => {
    const error = { code: 'upstream_incomplete', message: 'It broke off.', retryable: true } as const;
    const turns = [{ prompt: 'x', baseline: fullAnswer('old', 'half', { error, finish_reason: null }), derivative: bareAnswer('new', '') }];
    expect(rowsOf(toCsv(comparison({ turns })))[0]).toMatchObject({ baseline_error: 'upstream_incomplete: It broke off.', baseline_finish_reason: '' });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://evil.example","a,b")', '=1\n+2'])(
    'makes %j no formula, wherever it stands',
    (text) => {
      const said = { text, thoughts: text, error: { code: 'internal_error', message: text, retryable: false } } as const;
      const turns = [{ prompt: text, baseline: bareAnswer(text, text, said), derivative: bareAnswer(text, text, said) }];
      const [row = {}] = rowsOf(toCsv(comparison({ system: text, turns })));
      for (const name of ['system', 'prompt', 'baseline_model', 'baseline_text', 'baseline_thoughts', 'derivative_text']) expect(row[name]).toBe(`'${text}`);
      expect(Object.values(row).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    },
  );

  it.each(['a=1', '1-1', ' x', "'quoted'", 'a,b;c', '"', '""', 'one\ntwo', 'one\r\ntwo', 'one\rtwo', '🚲 良い', '\u001f', 'x\t'])(
    'gives %j back as it was',
    (text) => {
      const rows = rowsOf(toCsv(comparison(oneTurn(`p${text}`, text))));
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ prompt: `p${text}`, baseline_text: text, derivative_text: text });
    },
  );
});
