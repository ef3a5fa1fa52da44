import type { ChatTurn, ChatRole } from '@tandem/shared/contracts';
import type { ThoughtFormat } from '@tandem/shared/thoughts';

const NAMES: Readonly<Record<ChatRole, string>> = { system: 'a system prompt', user: "a user's message", assistant: 'an earlier answer' };

/** Which message a template left out, if any; of earlier answers only the thoughts may go. Both texts have their marks. */
export function lostMessage(written: string, messages: readonly ChatTurn[], formats: readonly ThoughtFormat[]): string | null {
  const needed = new Map<string, { count: number; readonly role: ChatRole }>();
  for (const { role, content, tool_call_id: result } of messages) {
    const text = (role === 'assistant' ? withoutThoughts(content, formats) : content).trim();
    if (text === '') continue;
    // what came of a tool call is often written as JSON
    if (result !== undefined && written.includes(JSON.stringify(text).slice(1, -1))) continue;
    const known = needed.get(text) ?? { count: 0, role };
    needed.set(text, { ...known, count: known.count + 1 });
  }
  for (const [text, { count, role }] of needed) if (timesIn(written, text, count) < count) return NAMES[role];
  return null;
}

function withoutThoughts(answer: string, formats: readonly ThoughtFormat[]): string {
  const ends = formats.flatMap((format) => (format.kind === 'tagged' ? [format.end] : []));
  const end = Math.max(0, ...ends.map((mark) => (answer.includes(mark) ? answer.lastIndexOf(mark) + mark.length : 0)));
  return answer.slice(end);
}

/** As far as it matters. */
function timesIn(written: string, text: string, enough: number): number {
  let times = 0;
  for (let place = written.indexOf(text); place >= 0 && times < enough; place = written.indexOf(text, place + text.length)) times++;
  return times;
}
