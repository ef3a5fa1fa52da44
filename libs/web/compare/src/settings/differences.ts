import { type AskSettings } from './settings';

/** What one side is asked with and the other is not: "temperature 0.7 | 0.2". */
export function sayDifferences(left: AskSettings, right: AskSettings): readonly string[] {
  const names = Object.keys(left.parameters) as (keyof AskSettings['parameters'])[];
  const numbers = names.flatMap((name) => {
    const [one, other] = [String(left.parameters[name] ?? 'random'), String(right.parameters[name] ?? 'random')];
    return one === other ? [] : [`${name.replaceAll('_', ' ')} ${one} | ${other}`];
  });
  return [...numbers, ...(left.system === right.system ? [] : ['system prompt'])];
}
