import { placeBeside } from './place-beside';

/** A panel of 200 by 100 px, in a window of 1000 by 600. */
function placed(
  anchor: { readonly left: number; readonly top: number; readonly bottom: number },
  height = 100,
): { readonly top: string; readonly left: string } {
  Object.assign(window, { innerWidth: 1000, innerHeight: 600 });
  const panel = document.createElement('div');
  Object.defineProperties(panel, { offsetWidth: { value: 200 }, offsetHeight: { value: height } });
  const button = document.createElement('button');
  button.getBoundingClientRect = () => anchor as DOMRect;
  placeBeside(panel, button);
  const { top, left } = panel.style;
  return { top, left };
}

describe('a panel beside its button', () => {
  it('stands below it, at its left edge', () => {
    expect(placed({ left: 40, top: 20, bottom: 50 })).toEqual({ top: '54px', left: '40px' });
  });

  it('stands above it where there is no room below', () => {
    expect(placed({ left: 40, top: 520, bottom: 550 })).toEqual({ top: '416px', left: '40px' });
  });

  it('keeps off the right edge, and off the left one', () => {
    expect(placed({ left: 950, top: 20, bottom: 50 }).left).toBe('792px');
    expect(placed({ left: 2, top: 20, bottom: 50 }).left).toBe('8px');
  });

  it('begins in view where it fits neither above nor below', () => {
    expect(placed({ left: 40, top: 300, bottom: 330 }, 400).top).toBe('8px');
  });
});
