import { jest } from '@jest/globals';

/**
 * No time goes by on the clock that does not jump, whatever the machine does meanwhile. It stands at a whole millisecond, so that what is
 * added to it and taken from it again is what it was. Gives what lets it go on.
 */
export function holdClock(): () => void {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(Math.ceil(performance.now()));
  return () => clock.mockRestore();
}
