// Ask a checkpoint the questions of questions.json through llama.cpp, greedily and
// sampled, with its own chat template: node ask.mjs model.gguf [other-questions.json]
import { readFileSync } from 'node:fs';
import { getLlama, JinjaTemplateChatWrapper, LlamaChatSession } from 'node-llama-cpp';

const [path, file = new URL('questions.json', import.meta.url)] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(file, 'utf8'));
const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ contextSize: 1024, threads: 1 });
const template = model.fileInfo.metadata.tokenizer.chat_template;
const repeatPenalty = { penalty: 1.1 };
const ways = {
  greedy: { temperature: 0 },
  'greedy, penalty 1.1': { temperature: 0, repeatPenalty },
  sampled: { temperature: 0.7, topP: 0.9, topK: 50, repeatPenalty, seed: 7 },
};
const right = {};
for (const { question, expect } of questions) {
  console.log(`\n> ${question}`);
  for (const [way, options] of Object.entries(ways)) {
    const sequence = context.getSequence();
    const session = new LlamaChatSession({
      contextSequence: sequence,
      systemPrompt: '',
      chatWrapper: new JinjaTemplateChatWrapper({ template }),
    });
    const answer = await session.prompt(question, { maxTokens: 500, ...options });
    const good = expect === undefined || new RegExp(expect, 'i').test(answer);
    right[way] = (right[way] ?? 0) + (good ? 1 : 0);
    console.log(`  ${good ? 'ok   ' : 'WRONG'} ${way}: ${answer}`);
    session.dispose();
    sequence.dispose();
  }
}
console.log('\nright of', questions.length, right);
process.exit(0);
