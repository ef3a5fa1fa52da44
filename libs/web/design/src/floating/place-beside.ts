/** What is left free at the edges of the window. */
const EDGE_PX = 8;

/** Places an open `.floating` panel below `anchor`, or above it where there is no room below; always in view as far as it fits. */
export function placeBeside(panel: HTMLElement, anchor: Element, gapPx = 4): void {
  const from = anchor.getBoundingClientRect();
  const below = from.bottom + gapPx;
  const isRoomBelow = below + panel.offsetHeight + EDGE_PX <= innerHeight;
  panel.style.top = `${isRoomBelow ? below : Math.max(EDGE_PX, from.top - gapPx - panel.offsetHeight)}px`;
  panel.style.left = `${Math.max(EDGE_PX, Math.min(from.left, innerWidth - panel.offsetWidth - EDGE_PX))}px`;
}
