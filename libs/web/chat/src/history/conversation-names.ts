import { type HistoryNames } from '@tandem/web/history';

export const CONVERSATIONS: HistoryNames = { one: 'conversation', many: 'conversations', done: 'said', notFound: 'Nothing was said about' };
