import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ENTRY = 'dist/apps/engine/main.js';
const TICKS_PER_SECOND = 100;
const ENDS = new Set(['end', 'loaded', 'unloaded', 'tokenized', 'scored', 'dropped', 'fault']);

/** The engine in a process of its own, asked as the API asks it; ended afterwards. */
export async function withEngine({ threads }, work) {
  const env = { PATH: process.env.PATH, UV_THREADPOOL_SIZE: '2', GGML_NO_BACKTRACE: '1' };
  const child = fork(ENTRY, [`--threads=${threads}`], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'] });
  const echo = child.stdio[4];
  echo.on('error', () => echo.destroy()).pipe(echo);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const open = new Map();
  let last = 0;
  child.on('message', (batch) => {
    for (const message of batch) {
      const call = open.get(message.id);
      if (message.type === 'scores') call.tokens.push(...message.tokens);
      else if (message.type === 'text') call.tokens.push(message.text);
      else if (ENDS.has(message.type)) call?.settle({ ...message, told: call.tokens });
    }
  });
  const ask = async (call) => {
    const id = ++last;
    const answer = new Promise((settle) => open.set(id, { settle, tokens: [] }));
    child.send({ ...call, id });
    const settled = await answer;
    open.delete(id);
    if (settled.type === 'fault') throw new Error(settled.fault.message);
    return settled;
  };
  const load = (model) => ask({ type: 'load', model, paths: [model] });
  const tokenize = async (model, text, isBare) => {
    const call = { type: 'tokenize', model, paths: [model], messages: [{ role: 'user', content: text }], isRaw: true, ...(isBare ? { isBare } : {}) };
    return (await ask(call)).tokens;
  };
  const score = async (model, tokens, how = {}) => (await ask({ type: 'score', model, messages: [], text: tokens, ...how })).told;
  const write = async (model, prompt, seed) => {
    const parameters = { max_tokens: 200, temperature: 0.8, top_p: 1, top_k: 0, repetition_penalty: 1, seed, stop: [] };
    return (await ask({ type: 'generate', model, messages: [{ role: 'user', content: prompt }], isRaw: true, parameters })).told.join('');
  };
  const unload = (model) => ask({ type: 'unload', model });
  const drop = (room) => ask({ type: 'drop', room });
  try {
    return await work({ ask, load, unload, write, tokenize, score, drop, cpuMs: () => cpuMs(child.pid), memory: () => memoryOf(child.pid) });
  } finally {
    child.send({ type: 'shutdown' });
    await gone;
  }
}

/** Of all its threads. */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Its own, mapped files left out, in bytes. */
function memoryOf(pid) {
  return Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
