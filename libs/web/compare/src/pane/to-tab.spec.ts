import { type AnswerView, type ModelOption } from '@tandem/web/conversation';
import { toTab } from './to-tab';

const model = (more: Partial<ModelOption>): ModelOption => ({ isWell: true, mark: 'good', health: 'healthy', ...more }) as ModelOption;
const GONE = model({ isWell: false, mark: 'bad', health: 'unreachable' });
const answer = (state: AnswerView['state'], tokensPerSecond: number | null = null): AnswerView => ({ state, tokensPerSecond }) as AnswerView;

describe('toTab', () => {
  it.each([
    ['ready', undefined, model({}), { readout: 'ready', mark: 'rest' }],
    ['what is wrong with a model that was asked nothing', undefined, GONE, { readout: 'unreachable', mark: 'bad' }],
    ['what is wrong with a model that failed', answer({ kind: 'done' }), GONE, { readout: 'unreachable' }],
    ['the speed of one that answers all the same', answer({ kind: 'streaming' }, 118), GONE, { readout: '118 tok/s', mark: 'good' }],
    ['how an answer ended', answer({ kind: 'done', reason: 'length' }), model({}), { readout: 'done' }],
  ])('says %s', (_, given, of, expected) => expect(toTab('baseline', given, of)).toMatchObject(expected));
});
