import { AccessTokens } from './access-tokens';
import { IDLE_MS, LONGEST_MS, Sessions } from './sessions';

const ONE = { key: 'one', isAdmin: false };
const OTHER = { key: 'other', isAdmin: true };

function setup() {
  const clock = { now: 0 };
  return { clock, sessions: new Sessions(() => clock.now) };
}

describe('Sessions', () => {
  it('knows who signed in by an id of 256 bits, and keeps nothing that opens it', () => {
    const { sessions } = setup();
    const id = sessions.start(ONE);
    expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    const found = sessions.find(id);
    expect(found?.principal).toBe(ONE);
    expect(found?.key).not.toContain(id);
    expect(sessions.find(found?.key ?? '')).toBeUndefined();
    expect(sessions.find(`${id}x`)).toBeUndefined();
  });

  it('is over after twelve hours without a request, and goes on with one', () => {
    const { sessions, clock } = setup();
    const id = sessions.start(ONE);
    clock.now += IDLE_MS;
    expect(sessions.find(id)).toBeDefined();
    clock.now += IDLE_MS;
    expect(sessions.find(id)).toBeDefined();
    clock.now += IDLE_MS + 1;
    expect(sessions.find(id)).toBeUndefined();
  });

  it('is over after seven days, with as many requests as one likes', () => {
    const { sessions, clock } = setup();
    const id = sessions.start(ONE);
    for (; clock.now < LONGEST_MS; clock.now += IDLE_MS) expect(sessions.find(id)).toBeDefined();
    clock.now = LONGEST_MS + 1;
    expect(sessions.find(id)).toBeUndefined();
    expect(sessions.sweep().size).toBe(1);
  });

  it('ends with the one who may not come in any more', () => {
    const { sessions } = setup();
    const [id, other] = [sessions.start(ONE), sessions.start(OTHER)];
    const key = sessions.find(id)?.key ?? '';
    expect(sessions.sweep([ONE])).toEqual(new Set([key]));
    expect(sessions.find(id)).toBeUndefined();
    expect(sessions.find(other)?.principal).toBe(OTHER);
  });

  it('are bounded: the one that was not used for longest goes first', () => {
    const { sessions } = setup();
    const [first, second] = [sessions.start(ONE), sessions.start(ONE)];
    expect(sessions.find(first)).toBeDefined();
    for (let more = 0; more < 9_999; more += 1) sessions.start(OTHER);
    expect(sessions.find(second)).toBeUndefined();
    expect(sessions.find(first)).toBeDefined();
  });
});

describe('AccessTokens', () => {
  it('says whom a token stands for, without telling anything of it', () => {
    const tokens = new AccessTokens(['one-token'], 'admin-token');
    expect(tokens.verify('one-token')).toEqual({ key: expect.stringMatching(/^[0-9a-f]{32}$/), isAdmin: false });
    expect(tokens.verify('admin-token')).toMatchObject({ isAdmin: true });
    for (const wrong of ['', 'one-toke', 'one-token ', 'x'.repeat(100_000)]) expect(tokens.verify(wrong)).toBeUndefined();
  });

  it('says who may not come in any more, and stays closed when nobody may', () => {
    const tokens = new AccessTokens(['one-token', 'other-token'], undefined);
    const one = tokens.verify('one-token');
    expect(tokens.replace(['other-token', 'third-token'], undefined)).toEqual([one]);
    expect(tokens.verify('third-token')).toBeDefined();
    expect(tokens.replace([], undefined)).toHaveLength(2);
    expect(tokens.areNeeded).toBe(true);
  });
});
