import { growthOf, LINEAR } from '@tandem/testing';
import { formatsIn, marksIn } from './formats';
import { openingOf } from './opening';
import { ThoughtSplitter, type ThoughtSplitterOptions } from './thought-splitter';

/** Neighbours of one kind joined: `[thought]` in brackets, without the marks. */
function split(text: string, sizes: number, options?: ThoughtSplitterOptions): string {
  const splitter = new ThoughtSplitter(options);
  const said = [];
  for (let start = 0; start < text.length; start += sizes) said.push(...splitter.push(text.slice(start, start + sizes)));
  said.push(...splitter.flush());
  expect(said.map((piece) => piece.text).join('')).toBe(text);
  return said
    .filter(({ role }) => role !== 'mark')
    .map((piece) => (piece.role === 'thought' ? `⟨${piece.text}⟩` : piece.text))
    .join('')
    .replaceAll('⟩⟨', '');
}

function expectWhateverThePieces(text: string, expected: string, options?: ThoughtSplitterOptions): void {
  for (let sizes = 1; sizes <= Math.max(1, text.length); sizes++) expect(split(text, sizes, options)).toBe(expected);
}

describe('ThoughtSplitter', () => {
  it.each([
    ['thoughts before an answer', '<think>hm</think>yes', '⟨hm⟩yes'],
    ['thoughts with white space around', '\n <think>\nhm\n</think>\n\nyes', '\n ⟨\nhm\n⟩\n\nyes'],
    ['thoughts without an end', '<think>hm', '⟨hm⟩'],
    ['thoughts with an end that breaks off', '<think>hm</thi', '⟨hm</thi⟩'],
    ['empty thoughts', '<think></think>yes', 'yes'],
    ['no thoughts', 'yes', 'yes'],
    ['an answer about the tag', 'say <think>hm</think> now', 'say <think>hm</think> now'],
    ['a second thought at once', '<think>a</think>\n<think>c</think>d', '⟨a⟩\n⟨c⟩d'],
    ['the tag after the answer began', '<think>a</think>b<think>c</think>', '⟨a⟩b<think>c</think>'],
    ['something like the tag', '<thin air', '<thin air'],
    ['something like the end', '<think>a </think b</think>c', '⟨a </think b⟩c'],
    ['the beginning of the tag alone', '<thi', '<thi'],
    ['nothing', '', ''],
    ['white space alone', ' \n', ' \n'],
    ['<thinking>', '<thinking>hm</thinking>yes', '⟨hm⟩yes'],
    ['<thought>', '<thought>hm</thought>yes', '⟨hm⟩yes'],
    ['<reasoning>', '<reasoning>hm</reasoning>yes', '⟨hm⟩yes'],
    ["Mistral's", '[THINK]hm[/THINK]yes', '⟨hm⟩yes'],
    ["Command's", '<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>yes<|END_RESPONSE|>', '⟨hm⟩yes'],
    ["Seed's", '<seed:think>hm</seed:think>yes', '⟨hm⟩yes'],
    ["Granite's", '<think>hm</think><response>yes</response>', '⟨hm⟩yes'],
    ["Gemma's", '<|channel>thought\nhm<channel|>yes', '⟨hm⟩yes'],
    ["Kimi's", '◁think▷hm◁/think▷yes', '⟨hm⟩yes'],
  ])('%s', (_title, text, expected) => expectWhateverThePieces(text, expected));

  it.each([
    ['both channels', '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes<|return|>', '⟨hm⟩yes'],
    ['the role first', '<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes', '⟨hm⟩yes'],
    ['a final channel alone', '<|channel|>final<|message|>yes<|return|>', 'yes'],
    ['no channel', '<|start|>assistant<|message|>yes<|return|>', 'yes'],
    ['commentary', '<|channel|>commentary<|message|>so<|end|><|start|>assistant<|channel|>final<|message|>yes', '⟨so⟩yes'],
    ['a call', '<|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a":1}<|call|>', '⟨{"a":1}⟩'],
    ['an answer with a form', '<|channel|>final <|constrain|>json<|message|>{"a":1}<|return|>', '{"a":1}'],
    ['a channel without an end before the next', '<|channel|>analysis<|message|>hm<|channel|>final<|message|>yes', '⟨hm⟩yes'],
    ['a start that was dropped', '<|channel|>analysis<|message|>hm<|end|>assistant<|channel|>final<|message|>yes', '⟨hm⟩yes'],
    ['thoughts that were cut', '<|channel|>analysis<|message|>hm', '⟨hm⟩'],
    ['a header that was cut', '<|channel|>anal', ''],
    ['an answer whose message mark is missing', '<|channel|>final yes', 'yes'],
    ['an answer without any header behind thoughts', '<|channel|>analysis<|message|>hm<|end|>yes', '⟨hm⟩yes'],
    ['a header that never ends', `<|channel|>final ${'word '.repeat(50)}`, 'word '.repeat(50)],
  ])('Harmony: %s', (_title, text, expected) => {
    if (text.endsWith('anal')) expect(split(text, 3)).not.toContain('|');
    else expectWhateverThePieces(text, expected);
  });

  it.each([
    ['a template', '<think>\n', 'hm</think>yes', '⟨hm⟩yes'],
    ["Mistral's template", '[THINK]', 'hm[/THINK]yes', '⟨hm⟩yes'],
    ["Gemma's template", '<|channel>thought\n', 'hm<channel|>yes', '⟨hm⟩yes'],
    ["Harmony's template", '<|start|>assistant', '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes', '⟨hm⟩yes'],
    [
      "Harmony's template, with a channel",
      '<|start|>assistant<|channel|>analysis<|message|>',
      'hm<|end|><|start|>assistant<|channel|>final<|message|>yes',
      '⟨hm⟩yes',
    ],
    ["Harmony's template, without any channel following", '<|start|>assistant', '<|message|>yes', 'yes'],
    ['an answer that is gone on with, within its thoughts', '<think>h', 'm</think>yes', '⟨m⟩yes'],
    ['an answer that is gone on with', '<think>h</think>y', '<think>es', '<think>es'],
  ])('opened by %s', (_title, opening, text, expected) => expectWhateverThePieces(text, expected, { opening }));

  it('knows whether a thought goes on', () => {
    const splitter = new ThoughtSplitter();
    expect(splitter.isThinking).toBe(false);
    splitter.push('<think>h');
    expect(splitter.isThinking).toBe(true);
    splitter.push('</think>');
    expect(splitter.isThinking).toBe(false);
  });

  it('knows when all that follows is the answer', () => {
    const splitter = new ThoughtSplitter();
    const plain = ['<', 'think>h', '</think>', '\n', 'yes', '<think>'].map((piece) => {
      splitter.push(piece);
      return splitter.isPlain;
    });
    expect(plain).toEqual([false, false, false, false, true, true]);
  });

  it('knows what ends a message of thoughts, and what ends all', () => {
    const splitter = new ThoughtSplitter({ opening: '<|channel|>analysis<|message|>' });
    expect([splitter.isLast('<|end|>'), splitter.isLast('<|call|>'), splitter.isLast('</think>')]).toEqual([false, true, null]);
    splitter.pushControl('<|end|>');
    expect(splitter.isThinking).toBe(true);
    splitter.push('<|start|>assistant<|channel|>final<|message|>yes');
    expect([splitter.isLast('<|end|>'), splitter.isLast('<|return|>'), splitter.isThinking]).toEqual([true, true, false]);
  });

  it('takes a control token for a mark wherever that belongs, and for nothing elsewhere', () => {
    const splitter = new ThoughtSplitter();
    const said = [
      ...splitter.push('y<th'),
      ...splitter.pushControl('<think>'),
      ...splitter.push('h'),
      ...splitter.pushControl('<odd>'),
      ...splitter.pushControl('</think>'),
      ...splitter.push('z'),
      ...splitter.pushControl('</think>'),
    ];
    expect(said.filter(({ role }) => role !== 'mark').map(({ text, role }) => `${role}: ${text}`)).toEqual(['answer: y<th', 'thought: h', 'answer: z']);
  });

  it('looks for no other forms than it is told', () => {
    expectWhateverThePieces('[THINK]hm[/THINK]yes', '[THINK]hm[/THINK]yes', { formats: formatsIn((mark) => mark.includes('think>')) });
  });

  it('holds nothing back that cannot become a mark', () => {
    const splitter = new ThoughtSplitter();
    expect(splitter.push('H')).toEqual([{ text: 'H', role: 'answer' }]);
    expect(splitter.push('<think>')).toEqual([{ text: '<think>', role: 'answer' }]);
  });

  it.each([
    ['marks', '<|channel|>analysis<|message|>', '<|message|>'],
    ['beginnings of marks', '<|channel|>analysis<|message|>', '<|sta'],
    ['white space', '', ' '],
    ['text without an end', '<think>', 'a'],
  ])('goes over each character once: %s', (_title, begin, repeated) => {
    const read = ({ text, pieces }: { text: string; pieces: number }) => {
      const splitter = new ThoughtSplitter();
      splitter.push(text);
      for (let n = 0; n < pieces; n++) splitter.push(repeated);
      splitter.flush();
    };
    expect(growthOf(read, (size) => ({ text: begin + repeated.repeat(size / repeated.length), pieces: size / 5 }), 1_000_000)).toBeLessThan(LINEAR);
  });
});

describe('openingOf', () => {
  it.each([
    ['<|im_start|>assistant\n<think>\n', '<think>\n'],
    ['<|im_start|>assistant\n', ''],
    ['<|im_start|>assistant\n<think>\n\n</think>\n\n', ''],
    ['[/INST][THINK]', '[THINK]'],
    ['<|turn>model\n<|channel>thought\n', '<|channel>thought\n'],
    ['<|turn>model\n<|channel>thought\n<channel|>', ''],
    ['<|start|>user<|message|>Q<|end|><|start|>assistant', '<|start|>assistant'],
    ['<|start|>user<|message|>Q<|end|><|start|>assistant<|channel|>analysis<|message|>', '<|start|>assistant<|channel|>analysis<|message|>'],
    ['<|start|>user<|message|>Q<|end|>', ''],
    ['Why <think>\nhm', ''],
  ])('finds in %j %j', (prompt, opening) => expect(openingOf(prompt)).toBe(opening));
});

describe('marksIn', () => {
  it('tells the tokens that say whose the text is', () => {
    expect([...marksIn()]).toEqual(
      expect.arrayContaining(['<think>', '</think>', '[THINK]', '<|channel>', '<channel|>', '<|channel|>', '<|message|>', '<|return|>']),
    );
  });
});
