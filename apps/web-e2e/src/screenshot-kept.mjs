// What the stand-in behind the screenshots keeps: always the same, whatever it is sent.
import { ANSWERS } from './screenshot-answers.mjs';

const AT = '2026-11-20T12:00:00Z';
const ID = '019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10';
const PARAMETERS = { temperature: 0.7, top_p: 0.9, top_k: 0, repetition_penalty: 1, max_tokens: 512, seed: null };
const TIMINGS = { queue_ms: 0, load_ms: 0, ttft_ms: 41.2, total_ms: 830, tokens_per_second: 118, source: 'server' };

const textOf = (frames) => frames.map((frame) => (typeof frame === 'object' && !frame.reasoning ? frame.token : '')).join('');
const answer = (model, text, tokens) => ({
  ...{ model, identity: { model, server: 'llama.cpp', version: 'b6900' }, text, thoughts: null, finish_reason: 'stop', error: null },
  ...{ usage: { prompt_tokens: 12, completion_tokens: tokens, total_tokens: 12 + tokens }, timings: TIMINGS, seed: 7, ignored_parameters: [] },
});
const turn = (prompt) => ({
  prompt,
  baseline: answer('tandem-tiny-base', textOf(ANSWERS[prompt][0]), 64),
  derivative: answer('tandem-tiny-chat', textOf(ANSWERS[prompt][1]), 58),
});

const COMPARISON = {
  ...{ id: ID, url: `/comparisons/${ID}`, created_at: AT, updated_at: AT, title: 'After the second epoch', config_version: '4eecbe640c7e' },
  ...{ note: 'The derivative keeps the order of the list.', baseline: 'tandem-tiny-base', derivative: 'tandem-tiny-chat' },
  ...{ system: 'Answer in one sentence.', parameters: { baseline: PARAMETERS, derivative: PARAMETERS } },
  turns: [turn('edited'), turn('short')],
};
const row = ({ turns, system: _, parameters: __, ...rest }, more) => ({ ...rest, turn_count: turns.length, prompt: turns[0].prompt, ...more });
const ROWS = ['After the second epoch', 'Refusals', 'A long title that does not fit into one line of a narrow sidebar'].map((title, at) =>
  row(COMPARISON, { id: at === 0 ? ID : `${ID.slice(0, -1)}${at}`, title }),
);

const COUNTS = { baseline: 10, derivative: 30, tie: 15, both_bad: 5 };
const SUMMARY = {
  counts: COUNTS,
  decisive: 40,
  win_rate: 0.75,
  interval: { low: 0.5117, high: 0.9144 },
  evidence: 31.6,
  decided: 'derivative',
  needed_more: 0,
};
const RANKING = [
  { model: 'tandem-tiny-chat', strength: 0.55, wins: 30, losses: 10, ties: 20 },
  { model: 'sft/best.pt', strength: 0.02, wins: 12, losses: 12, ties: 3 },
  { model: 'tandem-tiny-base', strength: -0.57, wins: 10, losses: 30, ties: 17 },
];
const REVEAL = {
  ...{ choice: 'right', vote: 'derivative', sides: { left: 'baseline', right: 'derivative' }, timings: { left: TIMINGS, right: TIMINGS } },
  models: { left: 'tandem-tiny-base', right: 'tandem-tiny-chat' },
  outcomes: { left: null, right: null },
};

/** What it answers at an address; undefined where that is none of its own. */
export function keptBody(method, pathname) {
  if (pathname === '/api/store') return { store: { kind: 'sqlite', state: 'ready', reason: null } };
  if (pathname === '/api/votes/summary') return SUMMARY;
  if (pathname === '/api/votes/ranking') return { models: RANKING };
  if (pathname === '/api/blind') return { id: ID, streams: { left: 'blind-0', right: 'blind-1' } };
  if (pathname === `/api/blind/${ID}/vote`) return REVEAL;
  if (pathname === '/api/comparisons') return method === 'POST' ? { comparison: COMPARISON } : { comparisons: ROWS, next_cursor: null };
  if (pathname === `/api/comparisons/${ID}`) return { comparison: COMPARISON };
  if (pathname !== `/api/comparisons/${ID}/votes`) return undefined;
  if (method !== 'GET') return { vote: { turn: 0, choice: 'derivative', blind: false, created_at: AT, updated_at: AT } };
  return { votes: [0, 1].map((at) => ({ turn: at, counts: { ...COUNTS, tie: at }, yours: null })) };
}

/** The frames of a blind answer: words, and how it ended. */
export const blindFrames = (side) =>
  ANSWERS.short[side]
    .filter((frame) => typeof frame === 'number' || frame.token !== '' || frame.done)
    .map((frame) => (frame.done ? { token: '', done: true, finish_reason: 'stop' } : frame));
