import { textFault } from '@tandem/api/http';
import { isStorable, NOT_STORABLE } from '@tandem/api/store';
import { PROMPT_SET_LIMITS, type PromptMessage, REQUEST_LIMITS, type SetPrompt } from '@tandem/shared/contracts';
import { readChecks } from '../checks/read-checks';
import type { RawPrompt } from './raw-prompt';
import { setFault } from './set-fault';

const FIELDS = ['id', 'prompt', 'messages', 'system', 'reference', 'tags', 'check'] as const;
const ROLES: readonly unknown[] = ['system', 'user', 'assistant'];
const { textCharacters, messages: mostMessages } = REQUEST_LIMITS;

/** A prompt of a file, once all of it is right; `id` is still to be found where it has none. */
export type ReadPrompt = Omit<SetPrompt, 'id'> & { readonly id?: string };

/** @throws Fault with the line and the field */
export function readPrompt({ line, value }: RawPrompt): ReadPrompt {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw setFault('a prompt must be an object, such as {"prompt":"…"}', { line });
  const unknown = Object.keys(value).find((field) => !(FIELDS as readonly string[]).includes(field));
  if (unknown !== undefined) throw setFault(`is not known here; there are ${FIELDS.join(', ')}`, { line, field: unknown.slice(0, 100) });
  const sent = Object.fromEntries(Object.entries(value).filter(([, held]) => held !== null)) as Partial<Record<(typeof FIELDS)[number], unknown>>;
  const fields = new Fields(line);
  if ((sent.prompt === undefined) === (sent.messages === undefined)) throw setFault('is needed, or "messages", and not both', { line, field: 'prompt' });
  const reference = fields.optional('reference', sent.reference, textCharacters);
  return {
    ...given('id', fields.optional('id', sent.id, PROMPT_SET_LIMITS.idCharacters)),
    ...given('prompt', fields.optional('prompt', sent.prompt, textCharacters)),
    ...given('messages', sent.messages === undefined ? undefined : fields.messages(sent.messages)),
    ...given('system', fields.optional('system', sent.system, textCharacters)),
    ...given('reference', reference),
    ...given('tags', sent.tags === undefined ? undefined : fields.tags(sent.tags)),
    ...given('check', sent.check === undefined ? undefined : readChecks(sent.check, line, reference !== undefined)),
  };
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: Value };
}

/** Reads the fields of the prompt that begins in one line. */
class Fields {
  constructor(private readonly line: number) {}

  optional(field: string, value: unknown, most: number): string | undefined {
    return value === undefined ? undefined : this.text(field, value, most);
  }

  messages(value: unknown): readonly PromptMessage[] {
    const field = 'messages';
    if (!Array.isArray(value) || value.length === 0 || value.length > mostMessages) throw this.fault(field, `must be a list of 1 to ${mostMessages} messages`);
    return value.map((message: unknown, at) => {
      const { role, content, ...rest } = (typeof message === 'object' && message !== null ? message : {}) as Record<string, unknown>;
      const [other] = Object.keys(rest);
      if (other !== undefined) throw this.fault(`${field}[${at}].${other.slice(0, 100)}`, 'is not known here; a message has "role" and "content"');
      if (!ROLES.includes(role)) throw this.fault(`${field}[${at}].role`, `must be one of ${ROLES.join(', ')}`);
      // a stopped answer can be empty
      const text = role === 'assistant' && content === '' ? '' : this.text(`${field}[${at}].content`, content, textCharacters);
      return { role: role as PromptMessage['role'], content: text };
    });
  }

  tags(value: unknown): readonly string[] {
    const most = PROMPT_SET_LIMITS.tags;
    if (!Array.isArray(value) || value.length > most) throw this.fault('tags', `must be a list of at most ${most} texts`);
    return value.map((tag: unknown, at) => this.text(`tags[${at}]`, tag, PROMPT_SET_LIMITS.tagCharacters));
  }

  private text(field: string, value: unknown, most: number): string {
    const wrong = textFault(value, most) ?? (isStorable(value) ? undefined : NOT_STORABLE);
    if (wrong !== undefined) throw this.fault(field, wrong);
    return value as string;
  }

  private fault(field: string, what: string): Error {
    return setFault(what, { line: this.line, field });
  }
}
