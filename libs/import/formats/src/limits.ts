/** Far beyond any real checkpoint, and few enough for a small heap. */
export const MAX_TENSORS = 200_000;
