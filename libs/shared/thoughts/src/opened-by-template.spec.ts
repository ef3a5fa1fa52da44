import { openedByTemplateOf } from './opened-by-template';

describe('openedByTemplateOf', () => {
  it.each([
    'deepseek-ai/DeepSeek-R1',
    'DeepSeek-R1-Distill-Qwen-7B',
    'deepseek_r1:70b',
    'Qwen/QwQ-32B',
    'Qwen3-235B-A22B-Thinking-2507',
    'THUDM/GLM-Z1-9B-0414',
    'MiniMax-M2',
  ])('knows that the text of %s begins in the middle of a thought', (model) => {
    expect(openedByTemplateOf(model)?.name).toBe('think');
  });

  it.each(['', 'DeepSeek-V3', 'deepseek-r10', 'QwQ-32B-Preview', 'Qwen3-8B', 'Thinking-Machine', 'GLM-4', 'MiniMax-M25', 'tandem-tiny-chat'])(
    'does not say so of "%s"',
    (model) => {
      expect(openedByTemplateOf(model)).toBeUndefined();
    },
  );
});
