import { type ChatTurn, type ChatRole, spokenOf } from '@tandem/shared/contracts';

/** How a message's text is given to a template: as it is, or as the one part of a list. */
export type ContentForm = Readonly<Record<ChatRole, 'text' | 'parts'>>;

export const CONTENT_FORMS: readonly ContentForm[] = [
  { system: 'text', user: 'text', assistant: 'text' },
  { system: 'parts', user: 'parts', assistant: 'parts' },
  { system: 'text', user: 'parts', assistant: 'parts' },
  { system: 'text', user: 'parts', assistant: 'text' },
];

/**
 * A conversation in the ways in which templates can take it, the truest first: as it is; with one system prompt at its
 * beginning, and later ones in the turn that follows them; these with tool calls as text; the same with the two taking
 * turns; and without any system prompt.
 */
export function conversationForms(messages: readonly ChatTurn[]): readonly (readonly ChatTurn[])[] {
  const lead = messages.findIndex(({ role }) => role !== 'system');
  const leading = lead < 0 ? messages : messages.slice(0, lead);
  const rest = lead < 0 ? [] : messages.slice(lead);
  const prompt: ChatTurn[] = leading.length === 0 ? [] : [{ role: 'system', content: textOf(leading) }];
  const [plain, plainRest] = [messages, rest].map((some) => some.map(withoutTools)) as [ChatTurn[], ChatTurn[]];
  const forms = [
    messages,
    [...prompt, ...withinTurns(rest)],
    // some write a system prompt before a person's last word alone, which what came of a call is not
    ...(plain.some((message, index) => message !== messages[index]) ? [withinTurns(messages)] : []),
    plain,
    [...prompt, ...withinTurns(plainRest)],
    [...prompt, ...takingTurns(plainRest)],
    takingTurns(plain),
  ];
  return forms.filter((form, index) => forms.findIndex((other) => isSame(other, form)) === index);
}

function withoutTools(message: ChatTurn): ChatTurn {
  return message.tool_calls === undefined && message.tool_call_id === undefined ? message : { role: message.role, content: spokenOf(message) };
}

/** Later system prompts become part of the user's turn behind them, or of the last one before. */
function withinTurns(messages: readonly ChatTurn[]): ChatTurn[] {
  const turns: ChatTurn[] = [];
  let waiting: ChatTurn[] = [];
  for (const message of messages) {
    if (message.role === 'system') waiting.push(message);
    else if (message.role === 'user') {
      turns.push({ ...message, content: textOf([...waiting, message]) });
      waiting = [];
    } else {
      turns.push(...asUser(waiting), message);
      waiting = [];
    }
  }
  const last = turns.at(-1);
  return last?.role === 'user' && waiting.length > 0
    ? [...turns.slice(0, -1), { role: 'user', content: textOf([last, ...waiting]) }]
    : [...turns, ...asUser(waiting)];
}

function takingTurns(messages: readonly ChatTurn[]): ChatTurn[] {
  const turns: ChatTurn[] = [];
  for (const { role, content } of messages) {
    const speaker = role === 'system' ? 'user' : role;
    const before = turns.at(-1);
    if (before?.role === speaker) turns[turns.length - 1] = { role: speaker, content: textOf([before, { role: speaker, content }]) };
    else turns.push({ role: speaker, content });
  }
  return turns;
}

function asUser(messages: readonly ChatTurn[]): ChatTurn[] {
  return messages.length === 0 ? [] : [{ role: 'user', content: textOf(messages) }];
}

function textOf(messages: readonly ChatTurn[]): string {
  return messages.map(({ content }) => content).join('\n\n');
}

function isSame(one: readonly ChatTurn[], other: readonly ChatTurn[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ role, content, tool_calls: calls, tool_call_id: id }, index) => {
      const twin = other[index];
      return role === twin?.role && content === twin.content && calls === twin.tool_calls && id === twin.tool_call_id;
    })
  );
}
