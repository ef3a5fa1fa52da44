// A process that loads a model with llama.cpp's binding alone and says what it makes of texts: token ids, the logits that
// were asked for, the best token at every place, and where it goes by itself. Asked by one message, answers with one.
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

process.once('message', async ({ model: modelPath, encodings, prompts }) => {
  const llama = await getLlama({ build: 'never', gpu: false, logLevel: LlamaLogLevel.error, maxThreads: 1 });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const contextSize = 8 + Math.max(...prompts.map(({ token_ids, greedy_ids }) => token_ids.length + greedy_ids.length));
  const context = await model.createContext({
    contextSize,
    threads: 1,
    flashAttention: false,
    experimentalKvCacheKeyType: 'F32',
    experimentalKvCacheValueType: 'F32',
  });
  const sequence = context.getSequence();
  const answers = [];
  for (const prompt of prompts) answers.push({ ids: idsOf(prompt), ...(await follow(prompt)), greedy: await goOn(prompt) });
  process.send({ encodings: encodings.map(({ text }) => [...model.tokenize(text, false)]), answers }, () => process.exit(0));

  function idsOf({ as, text }) {
    const ids = model.tokenize(text, as === 'chat');
    const { bos, shouldPrependBosToken } = model.tokens;
    return as === 'raw' && shouldPrependBosToken ? [bos, ...ids] : [...ids];
  }

  /** The logits along PyTorch's own way: each place's named ones, and which is the highest of all. */
  async function follow({ token_ids, greedy_ids, logits }) {
    const wanted = new Map(logits.map(({ position, top }) => [position, top]));
    const ask = { generateNext: { logits: true, token: true, options: { temperature: 0 } } };
    await sequence.clearHistory();
    const steps = [...token_ids, ...greedy_ids].map((token, position) => (wanted.has(position) ? [token, ask] : token));
    const out = await sequence.controlledEvaluate(steps);
    const all = [...wanted].map(([position, top]) => ({ top, said: out[position].next.logits }));
    return {
      named: all.map(({ top, said }) => top.map(([id]) => said.get(id))),
      best: all.map(({ said }) => [...said].reduce((one, other) => (other[1] > one[1] ? other : one))[0]),
    };
  }

  async function goOn({ token_ids, greedy_ids }) {
    const said = [];
    await sequence.clearHistory();
    for await (const token of sequence.evaluate([...token_ids], { temperature: 0, yieldEogToken: true })) {
      said.push(token);
      if (said.length === greedy_ids.length) break;
    }
    return said;
  }
});
