import type { ChatTurn, ToolCall } from './requests';
import { spokenOf } from './spoken';

const CALL: ToolCall = { id: 'call_1', name: 'weather', arguments: '{"place":"Graz"}' };
const OTHER: ToolCall = { id: 'call_2', name: 'time', arguments: '' };
const answer = (content: string, ...tool_calls: readonly ToolCall[]): ChatTurn => ({ role: 'assistant', content, tool_calls });

describe('what a message says as text', () => {
  it.each<[string, ChatTurn, string]>([
    ['its text', { role: 'user', content: 'Is it raining?' }, 'Is it raining?'],
    ['its text as it was written', { role: 'user', content: ' Is it\n\nraining? ' }, ' Is it\n\nraining? '],
    ['nothing, where it says nothing', { role: 'assistant', content: '' }, ''],
    ['its text where it calls no tool', answer('Yes.'), 'Yes.'],
    ['a call alone, without an empty line before it', answer('', CALL), 'weather({"place":"Graz"})'],
    ['its text, and the calls in their order below it', answer('Wait.', CALL, OTHER), 'Wait.\nweather({"place":"Graz"})\ntime()'],
    ['a call’s arguments as the model wrote them, broken or not', answer('', { ...CALL, arguments: '{"place":' }), 'weather({"place":)'],
    ['no image', { role: 'user', content: 'What is it?', images: ['data:image/png;base64,AA=='] }, 'What is it?'],
    ['what came of a call, without its id', { role: 'user', content: '12 °C', tool_call_id: 'call_1' }, '12 °C'],
  ])('is %s', (_, turn, text) => {
    expect(spokenOf(turn)).toBe(text);
  });
});
