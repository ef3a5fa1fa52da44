import { type Mathml } from './mathml';

/** How many formulas are kept: those of a block that grows are asked for with every token. */
const MOST_KEPT = 300;

/** Characters of LaTeX in one block that are typeset: the rest stays as it was written. */
const MOST_IN_BLOCK = 4_000;

let loading: Promise<void> | undefined;
let mathml: Mathml | undefined;
const kept = new Map<string, DocumentFragment | undefined>();

/** Shows the formulas in `host` as such, at once or when what typesets them has come. What cannot be typeset stays. */
export function typesetFormulas(host: HTMLElement): void {
  const formulas = host.querySelectorAll<HTMLElement>('.formula, .formula-block');
  if (formulas.length === 0) return;
  if (!mathml) {
    load().then(
      () => typesetFormulas(host),
      () => undefined,
    );
    return;
  }
  let left = MOST_IN_BLOCK;
  for (const formula of formulas) {
    if (formula.querySelector('math')) continue;
    left -= formula.textContent?.length ?? 0;
    if (left < 0) return;
    const typeset = fragmentOf(mathml, formula.textContent ?? '');
    if (typeset) formula.replaceChildren(typeset);
  }
}

function load(): Promise<void> {
  loading ??= import('./mathml').then(
    ({ mathmlOf }) => void (mathml = mathmlOf),
    (failure: unknown) => {
      loading = undefined;
      throw failure;
    },
  );
  return loading;
}

function fragmentOf(mathmlOf: Mathml, source: string): Node | undefined {
  if (!kept.has(source)) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(source, mathmlOf(source));
  }
  return kept.get(source)?.cloneNode(true);
}
