import { FollowScroll } from './follow-scroll';

const VIEW = 500;

function setup() {
  const clock = { nowMs: 10_000 };
  const follow = new FollowScroll(() => clock.nowMs);
  const at = (top: number, contentHeight: number) => ({ top, viewHeight: VIEW, contentHeight });
  return { clock, follow, at };
}

describe('FollowScroll', () => {
  it('follows from the beginning', () => {
    const { follow, at } = setup();
    expect(follow.grew(at(0, 900))).toBe(true);
  });

  it('holds while the reader is within 64 px of the end', () => {
    const { follow, at } = setup();
    follow.scrolled(at(500, 1_000));
    follow.scrolled(at(436, 1_000));
    expect(follow.isFollowing()).toBe(true);
  });

  it('lets go when the reader scrolls up further, and offers new output when more comes', () => {
    const { follow, at } = setup();
    follow.scrolled(at(500, 1_000));
    follow.scrolled(at(400, 1_000));
    expect(follow.isFollowing()).toBe(false);
    expect(follow.hasNewOutput()).toBe(false);
    expect(follow.grew(at(400, 1_200))).toBe(false);
    expect(follow.hasNewOutput()).toBe(true);
  });

  it('does not let go because the text grew faster than it was scrolled', () => {
    const { follow, at } = setup();
    follow.scrolled(at(500, 1_000));
    follow.scrolled(at(500, 1_400));
    expect(follow.isFollowing()).toBe(true);
  });

  it('does not pull the text from under a moving finger', () => {
    const { follow, at, clock } = setup();
    follow.readerMoves();
    expect(follow.grew(at(480, 1_010))).toBe(false);
    clock.nowMs += 300;
    expect(follow.grew(at(480, 1_020))).toBe(true);
  });

  it('goes to the end when it is asked to, also just after the reader moved', () => {
    const { follow, at } = setup();
    follow.readerMoves();
    follow.goToEnd();
    expect(follow.grew(at(480, 1_010))).toBe(true);
  });

  it.each([
    ['the reader comes back to the end', (follow: FollowScroll) => follow.scrolled({ top: 700, viewHeight: VIEW, contentHeight: 1_200 })],
    ['it is asked to', (follow: FollowScroll) => follow.hold()],
  ])('holds again when %s', (_, act) => {
    const { follow, at } = setup();
    follow.scrolled(at(500, 1_000));
    follow.scrolled(at(300, 1_000));
    follow.grew(at(300, 1_200));
    act(follow);
    expect(follow.isFollowing()).toBe(true);
    expect(follow.hasNewOutput()).toBe(false);
  });
});
