import type { ChannelFormat } from './formats';
import type { HeaderStage, SaidRole, Stage, TextStage } from './stage';

/** Only what stands in the final channel, or in none, is the answer: the rest are thoughts and calls. */
function roleOf(channel: string | null): SaidRole {
  return channel === null || /^\s*(?:final\b|$)/.test(channel) ? 'answer' : 'thought';
}

/** The stages of messages with channels, by the marks that may begin the first of them. */
export function channelStages({ start, channel, message, constrain, ends, goesOn }: ChannelFormat): ReadonlyMap<string, () => Stage> {
  // some servers drop the start alone
  const begins = new Map<string, () => Stage>([
    [start, () => header(null)],
    [channel, () => header('')],
    [`assistant${channel}`, () => header('')],
  ]);
  const between: Stage = { kind: 'anchored', isBetween: true, marks: begins, otherwise: () => answer };
  const body = (role: SaidRole): TextStage => ({
    kind: 'text',
    role,
    last: new Set(role === 'answer' ? ends : ends.filter((mark) => mark !== goesOn)),
    marks: new Map<string, () => Stage>([
      ...ends.map((mark) => [mark, () => between] as const),
      [start, () => header(null)],
      [channel, () => header('')],
      ...[message, constrain].map((mark) => [mark, () => (role === 'answer' ? answer : thought)] as const),
    ]),
  });
  const answer = body('answer');
  const thought = body('thought');
  const bodyOf = (name: string | null): Stage => (roleOf(name) === 'answer' ? answer : thought);
  /** `name`: of the channel, as far as it was said; null before any. */
  const header = (name: string | null): HeaderStage => ({
    kind: 'header',
    marks: new Map<string, (before: string) => Stage>([
      [message, (before) => bodyOf(name === null ? null : name + before)],
      [constrain, (before) => header(name === null ? null : name + before)],
      [channel, () => header('')],
      [start, () => header(null)],
      ...ends.map((mark) => [mark, () => between] as const),
    ]),
    unfinished: (text) => {
      const words = /^\s*(?:assistant|analysis|commentary|final)?\s*/.exec(text)?.[0] ?? '';
      return { nameLength: words.length, next: bodyOf(name === null ? null : name + words) };
    },
  });
  return new Map([...begins].slice(0, 2));
}
