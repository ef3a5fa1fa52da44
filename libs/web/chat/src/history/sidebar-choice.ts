import { signal } from '@angular/core';
import { type PutAway } from '@tandem/web/history';

const KEY = 'tandem.chat.sidebar';

/** Whether the sidebar was put away; outlives the page where it can. */
export function sidebarChoice(): PutAway {
  const isHidden = signal(read());
  return {
    isHidden: isHidden.asReadonly(),
    hide: (hidden) => {
      isHidden.set(hidden);
      keep(hidden);
    },
  };
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) === 'hidden';
  } catch {
    return false;
  }
}

function keep(isHidden: boolean): void {
  try {
    localStorage.setItem(KEY, isHidden ? 'hidden' : 'shown');
  } catch {
    // storage is blocked: the choice lasts as long as the page
  }
}
