import { count, oneOf, orNull, record, text } from '@tandem/api/openapi';

export const STORE_BODY = record('StoreBody', {
  status: oneOf(['success']),
  store: record('StoreStatus', {
    kind: oneOf(['sqlite', 'postgres']),
    state: oneOf(['opening', 'ready', 'off']),
    reason: orNull(text('the disk with .tandem is full: make room'), 'Why nothing can be kept; null unless it is off'),
  }),
});

export const CLEARED_BODY = record('StoreClearedBody', { status: oneOf(['success']), rows: count(42, 'How many were deleted') });
