import { type ParityRequest } from '@tandem/shared/contracts';
import { type AskSettings } from '../settings/settings';
import { messagesOf } from '../turn/go-on';
import { type TurnView } from '../turn/turn-view';

/** The turns that the prompt in question comes after: the next one's, or the last one's while none is written. */
function turnsBefore(turns: readonly TurnView[], draft: string): readonly TurnView[] {
  return draft.trim() === '' ? turns.slice(0, -1) : turns;
}

/** The next prompt as both models would be asked it, or the last one while none is written; undefined where there is none, or no pair. */
export function parityRequest(
  [baseline, derivative]: readonly (string | null)[],
  turns: readonly TurnView[],
  draft: string,
  { parameters, system }: AskSettings,
): ParityRequest | undefined {
  const prompt = draft.trim() === '' ? turns.at(-1)?.prompt : draft;
  if (!baseline || !derivative || prompt === undefined) return undefined;
  const messages = messagesOf(turnsBefore(turns, draft), 'baseline').map(({ role, content }) => ({ role, content: String(content) }));
  return {
    baseline,
    derivative,
    messages: [...messages, { role: 'user', content: prompt }],
    system: system.trim() === '' ? null : system,
    parameters: { ...parameters },
  };
}

/** Why the prompts differ whatever the models are; empty where they do not. */
export function historyDifferences(turns: readonly TurnView[], draft: string): readonly string[] {
  const before = turnsBefore(turns, draft);
  if (JSON.stringify(messagesOf(before, 'baseline')) === JSON.stringify(messagesOf(before, 'derivative'))) return [];
  return ['The histories differ: each side goes on from its own answers. “Continue from” gives both the same one; here both are shown with the left side’s.'];
}
