import { answer, question } from '../testing/records';
import { contextUse, tokensPerCharacter } from './context-use';
import { type Room } from './sending';

const ROOM: Room = { contextLength: 1_000, maxTokens: 100, tokensPerCharacter: 0.5, system: '' };
const counted = { prompt_tokens: 60, completion_tokens: 40, total_tokens: 100 };

describe('contextUse', () => {
  it('is what the last answer counted', () => {
    const path = [question('q1', null), answer('a2', 'q1', 'Yes.', { usage: counted })];
    expect(contextUse(path, '', ROOM)).toEqual({ usedTokens: 100, contextLength: 1_000, isEstimate: false, leftOut: 0, from: null });
  });

  it('adds an estimate of what is being written', () => {
    const path = [question('q1', null), answer('a2', 'q1', 'Yes.', { usage: counted })];
    expect(contextUse(path, 'x'.repeat(88), ROOM)).toMatchObject({ usedTokens: 150, isEstimate: true });
  });

  it('adds an estimate of what came after the last count', () => {
    const path = [question('q1', null), answer('a2', 'q1', 'Yes.', { usage: counted }), question('q3', 'a2', 'x'.repeat(88)), answer('a4', 'q3', '')];
    expect(contextUse(path, '', ROOM).usedTokens).toBe(100 + 50 + 6);
  });

  it('tells how many messages the next question will leave out', () => {
    const path = ['q1', 'a2', 'q3', 'a4'].map((id, at, ids) =>
      id.startsWith('q') ? question(id, ids[at - 1] ?? null, 'x'.repeat(440)) : answer(id, ids[at - 1] ?? '', 'x'.repeat(440)),
    );
    expect(contextUse(path, 'And?', ROOM)).toMatchObject({ leftOut: 2, from: 'q3' });
  });

  it('tells the use alone where the length of the context is not known', () => {
    const path = [question('q1', null), answer('a2', 'q1', 'Yes.', { usage: counted })];
    expect(contextUse(path, '', { ...ROOM, contextLength: null })).toMatchObject({ usedTokens: 100, contextLength: null, leftOut: 0 });
  });
});

describe('tokensPerCharacter', () => {
  it('is told from the last answer that was counted', () => {
    const path = [question('q1', null, 'x'.repeat(150)), answer('a2', 'q1', 'x'.repeat(50), { usage: counted })];
    expect(tokensPerCharacter(path, '')).toBe(0.5);
  });

  it('counts only what was sent', () => {
    const path = [
      ...[question('q1', null, 'x'.repeat(900)), answer('a2', 'q1', 'x'.repeat(900))],
      ...[question('q3', 'a2', 'x'.repeat(150)), answer('a4', 'q3', 'x'.repeat(50), { usage: counted, sentFrom: 'q3' })],
    ];
    expect(tokensPerCharacter(path, '')).toBe(0.5);
  });

  it('is the usual one before anything was counted', () => {
    expect(tokensPerCharacter([question('q1', null)], '')).toBeCloseTo(0.28);
  });
});
