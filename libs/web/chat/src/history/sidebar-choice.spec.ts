import { sidebarChoice } from './sidebar-choice';

describe('whether the sidebar was put away', () => {
  beforeEach(() => localStorage.clear());

  it('is remembered', () => {
    const choice = sidebarChoice();
    expect(choice.isHidden()).toBe(false);
    choice.hide(true);
    expect([choice.isHidden(), sidebarChoice().isHidden()]).toEqual([true, true]);
  });
});
