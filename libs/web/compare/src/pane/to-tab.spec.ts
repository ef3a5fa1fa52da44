import { type ModelOption } from '@tandem/web/model-status';
import { type AnswerView } from '@tandem/web/run';
import { type Side, SIDES } from '../side/sides';
import { toTab } from './to-tab';

const model = (more: Partial<ModelOption>): ModelOption => ({ isWell: true, mark: 'good', health: 'healthy', ...more }) as ModelOption;
const GONE = model({ isWell: false, mark: 'bad', health: 'unreachable' });
const answer = (state: AnswerView['state'], tokensPerSecond: number | null = null): AnswerView => ({ state, tokensPerSecond }) as AnswerView;

describe('toTab', () => {
  it.each([
    ['ready', undefined, model({}), { readout: 'ready', mark: 'rest' }],
    ['that a model is none of those there are', undefined, undefined, { readout: 'no model', mark: 'bad' }],
    ['what is wrong with a model that was asked nothing', undefined, GONE, { readout: 'unreachable', mark: 'bad' }],
    ['what is wrong with a model that failed', answer({ kind: 'done' }), GONE, { readout: 'unreachable' }],
    ['the speed of one that answers all the same', answer({ kind: 'streaming' }, 118), GONE, { readout: '118 pieces/s', mark: 'good' }],
    [
      'how far a model is that is being converted',
      undefined,
      model({ coming: { what: 'converting', progress: 0.4 }, mark: 'busy' }),
      { doing: 'converting', readout: '40 %', mark: 'busy' },
    ],
    [
      'the same of an answer that waits for it',
      answer({ kind: 'converting', progress: 0.4 }),
      model({}),
      { doing: 'converting', readout: '40 %', mark: 'busy' },
    ],
    ['that it is being converted, where nobody knows how far', answer({ kind: 'converting' }), model({}), { doing: '', readout: 'converting' }],
    [
      'that a model cannot be converted',
      undefined,
      model({ isWell: false, isUnconvertible: true, mark: 'bad', health: 'cannot be converted' }),
      { readout: 'unusable', mark: 'bad' },
    ],
    ['that an answer waits', answer({ kind: 'queued', position: 2 }), model({}), { readout: 'queued' }],
    ['how an answer ended', answer({ kind: 'done', reason: 'length' }), model({}), { readout: 'done' }],
  ])('says %s', (_, given, of, expected) => expect(toTab(SIDES[0] as Side, given, of)).toMatchObject(expected));
});
