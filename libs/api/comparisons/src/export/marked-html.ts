import { escapeHtml } from '@tandem/api/http';
import type { Run, Whose } from '@tandem/shared/differences';
import { addressesIn } from './html-text';

/**
 * An answer with what the other does not have marked in it, struck through or underlined; its addresses can be followed, also
 * where a mark begins or ends within one.
 */
export function markedHtml(runs: readonly Run[], whose: Whose): string {
  const own = runs.filter(({ kind, text }) => kind !== 'other' && text !== '');
  const tag = whose === 'baseline' ? 'del' : 'ins';
  const text = own.map((run) => run.text).join('');
  let [at, used] = [0, 0];
  /** The next so many characters. */
  const take = (count: number): string => {
    let html = '';
    for (let left = count, run = own[at]; left > 0 && run !== undefined; run = own[at]) {
      const said = run.text.slice(used, used + left);
      html += run.kind === 'own' ? `<${tag}>${escapeHtml(said)}</${tag}>` : escapeHtml(said);
      left -= said.length;
      used += said.length;
      if (used === run.text.length) [at, used] = [at + 1, 0];
    }
    return html;
  };
  let html = '';
  let end = 0;
  for (const { from, to, href } of addressesIn(text)) {
    html += `${take(from - end)}<a href="${href}" rel="noopener noreferrer">${take(to - from)}</a>`;
    end = to;
  }
  return html + take(text.length - end);
}
