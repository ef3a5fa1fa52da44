import { RunFailure } from '../run-fault';
import { Votes } from './votes';

const asked: string[] = [];

/** Answers each request in turn. */
function answers(...bodies: readonly (readonly [number, object])[]): void {
  asked.length = 0;
  let at = 0;
  globalThis.fetch = async (path, { method } = {}) => {
    asked.push(`${method} ${String(path)}`);
    const [status, body] = bodies[at++] ?? [500, {}];
    return { ok: status < 400, status, json: async () => body } as unknown as Response;
  };
}

const refused = (code: string) => ({ error: { code, message: 'No.', retryable: false, request_id: '1' } });

describe('a vote', () => {
  const votes = new Votes();
  const VOTE = { vote: { turn: 0, choice: 'tie' } };

  it('is cast once', async () => {
    answers([201, VOTE]);
    expect(await votes.cast('a/b', 0, 'tie')).toMatchObject({ choice: 'tie' });
    expect(asked).toEqual(['POST api/comparisons/a%2Fb/votes']);
  });

  it('changes what this voter said before, here or in another tab', async () => {
    answers([409, refused('conflict')], [200, VOTE]);
    expect(await votes.cast('a', 0, 'tie')).toMatchObject({ choice: 'tie' });
    expect(asked).toEqual(['POST api/comparisons/a/votes', 'PUT api/comparisons/a/votes']);
  });

  it('is changed at once where it is known to be there', async () => {
    answers([200, VOTE]);
    await votes.cast('a', 0, 'tie', true);
    expect(asked).toEqual(['PUT api/comparisons/a/votes']);
  });

  it('is told to have failed for any other reason', async () => {
    answers([404, refused('not_found')]);
    await expect(votes.cast('a', 0, 'tie')).rejects.toThrow(RunFailure);
    expect(asked).toHaveLength(1);
  });

  it('that is blind brings to light what the first one did', async () => {
    const seen = { choice: 'left', vote: 'baseline' };
    answers([200, seen], [409, refused('conflict')], [200, seen]);
    await votes.voteBlind('a/b', 'left');
    expect(await votes.voteBlind('a/b', 'tie')).toEqual(seen);
    expect(asked).toEqual(['POST api/blind/a%2Fb/vote', 'POST api/blind/a%2Fb/vote', 'GET api/blind/a%2Fb/vote']);
  });

  it('that is blind is refused as long as nothing may come to light', async () => {
    answers([409, refused('conflict')], [409, { error: { code: 'conflict', message: 'Not yet.', retryable: false, request_id: '2' } }]);
    await expect(votes.voteBlind('a', 'left')).rejects.toThrow('No.');
    answers([503, refused('store_unavailable')]);
    await expect(votes.voteBlind('a', 'left')).rejects.toThrow('No.');
    expect(asked).toHaveLength(1);
  });

  it('is summed up over all, or over the blind ones alone', async () => {
    answers([200, {}], [200, {}], [200, { models: [] }]);
    await votes.summary('a b', 'c', false);
    await votes.summary('a', 'c', true);
    await votes.ranking(true);
    expect(asked).toEqual([
      'GET api/votes/summary?baseline=a+b&derivative=c',
      'GET api/votes/summary?baseline=a&derivative=c&blind=true',
      'GET api/votes/ranking?blind=true',
    ]);
  });
});
