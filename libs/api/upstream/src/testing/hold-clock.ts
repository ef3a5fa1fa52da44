import { jest } from '@jest/globals';

/** No time goes by on the clock that does not jump, whatever the machine does meanwhile. Gives what lets it go on. */
export function holdClock(): () => void {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
  return () => clock.mockRestore();
}
