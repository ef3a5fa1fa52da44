/** Thoughts between two marks at the beginning of what a model says; the answer may have marks of its own. */
export interface TaggedFormat {
  readonly kind: 'tagged';
  readonly name: string;
  readonly begin: string;
  readonly end: string;
  readonly answer?: { readonly begin: string; readonly end: string };
}

/** Messages, each with a header that names its channel. */
export interface ChannelFormat {
  readonly kind: 'channels';
  readonly name: string;
  readonly start: string;
  readonly channel: string;
  readonly message: string;
  /** May stand in a header. */
  readonly constrain: string;
  /** What a message ends with. */
  readonly ends: readonly string[];
  /** The one of them that another message may follow, where it was not the answer. */
  readonly goesOn: string;
}

export type ThoughtFormat = TaggedFormat | ChannelFormat;

function tagged(name: string, begin: string, end: string, answer?: readonly [begin: string, end: string]): TaggedFormat {
  return { kind: 'tagged', name, begin, end, ...(answer ? { answer: { begin: answer[0], end: answer[1] } } : {}) };
}

/** No mark of the list begins with another one that can stand in its place. */
export const TAGGED_FORMATS: readonly TaggedFormat[] = [
  // Granite and Hunyuan put the answer between marks too
  tagged('think', '<think>', '</think>', ['<response>', '</response>']),
  tagged('thinking', '<thinking>', '</thinking>'),
  tagged('thought', '<thought>', '</thought>'),
  tagged('reasoning', '<reasoning>', '</reasoning>'),
  tagged('mistral', '[THINK]', '[/THINK]'),
  tagged('command', '<|START_THINKING|>', '<|END_THINKING|>', ['<|START_RESPONSE|>', '<|END_RESPONSE|>']),
  tagged('seed', '<seed:think>', '</seed:think>'),
  tagged('gemma', '<|channel>thought\n', '<channel|>'),
  tagged('kimi', '◁think▷', '◁/think▷'),
  tagged('apertus', '<|inner_prefix|>', '<|inner_suffix|>'),
];

/** OpenAI's open models. */
export const HARMONY: ChannelFormat = {
  kind: 'channels',
  name: 'harmony',
  start: '<|start|>',
  channel: '<|channel|>',
  message: '<|message|>',
  constrain: '<|constrain|>',
  ends: ['<|end|>', '<|return|>', '<|call|>'],
  goesOn: '<|end|>',
};

/** Every form of thoughts that is known. */
export const THOUGHT_FORMATS: readonly ThoughtFormat[] = [...TAGGED_FORMATS, HARMONY];

/** All marks of a format, as they stand in a vocabulary. */
function marksOf(format: ThoughtFormat): readonly string[] {
  if (format.kind === 'channels') return [format.start, format.channel, format.message, format.constrain, ...format.ends];
  const { end, answer } = format;
  return [beginToken(format), end, ...(answer ? [answer.begin, answer.end] : [])];
}

/** Gemma's mark goes on with a channel's name, which is text. */
function beginToken({ begin }: TaggedFormat): string {
  return begin.replace(/(?<=>)thought\n$/, '');
}

/** The marks of some formats as a vocabulary may hold them, even as control tokens: they say whose the text is. */
export function marksIn(formats: readonly ThoughtFormat[] = THOUGHT_FORMATS): ReadonlySet<string> {
  return new Set(formats.flatMap(marksOf));
}

/** The formats that a chat template or a vocabulary has the marks of. */
export function formatsIn(has: (mark: string) => boolean): readonly ThoughtFormat[] {
  return THOUGHT_FORMATS.filter((format) =>
    format.kind === 'channels' ? has(format.channel) && has(format.message) : has(beginToken(format)) && has(format.end),
  );
}
