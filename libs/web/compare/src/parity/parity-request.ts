import { type ParityRequest } from '@tandem/shared/contracts';
import { type AskSettings } from '../settings/settings';
import { messagesOf } from '../turn/go-on';
import { type TurnView } from '../turn/turn-view';

/** The next prompt as both models would be asked it, or the last one while none is written; undefined where there is none, or no pair. */
export function parityRequest(
  [baseline, derivative]: readonly (string | null)[],
  turns: readonly TurnView[],
  draft: string,
  { parameters, system }: AskSettings,
): ParityRequest | undefined {
  const isDrafted = draft.trim() !== '';
  const prompt = isDrafted ? draft : turns.at(-1)?.prompt;
  if (!baseline || !derivative || prompt === undefined) return undefined;
  const messages = messagesOf(isDrafted ? turns : turns.slice(0, -1), 'baseline').map(({ role, content }) => ({ role, content: String(content) }));
  return {
    baseline,
    derivative,
    messages: [...messages, { role: 'user', content: prompt }],
    system: system.trim() === '' ? null : system,
    parameters: { ...parameters },
  };
}

/** Why the prompts differ whatever the models are; empty where they do not. */
export function historyDifferences(turns: readonly TurnView[]): readonly string[] {
  const [left, right] = [messagesOf(turns, 'baseline'), messagesOf(turns, 'derivative')];
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  return ['The histories differ: each side goes on from its own answers. “Continue from” gives both the same one; here both are shown with the left side’s.'];
}
