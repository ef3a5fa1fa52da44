import { MarkdownView } from './markdown-view';
import * as renderer from './render-block';

function setup() {
  const host = document.createElement('div');
  const blocks: string[] = [];
  const tails: string[] = [];
  const surroundings = { nowMs: () => 0, later: (work: () => void) => work() };
  const view = new MarkdownView(
    host,
    {
      renderBlock(block, source) {
        blocks.push(source);
        renderer.renderBlock(block, source);
      },
      renderTail(block, source) {
        tails.push(source);
        renderer.renderTail(block, source);
      },
    },
    surroundings,
  );
  return { host, view, blocks, tails, cursor: () => host.querySelector('.cursor') };
}

describe('MarkdownView', () => {
  it('renders each settled block once and never touches it again', () => {
    const { host, view, blocks } = setup();
    view.show('One.\n\nTwo', false);
    const first = host.firstElementChild;
    view.show('One.\n\nTwo.\n\nThree', false);
    view.show('One.\n\nTwo.\n\nThree.', true);
    expect(host.firstElementChild).toBe(first);
    expect(blocks).toEqual(['One.\n\n', 'Two.\n\n', 'Three.']);
  });

  it('renders nothing anew when no text came', () => {
    const { view, tails } = setup();
    view.show('One', false);
    view.show('One', false);
    expect(tails).toEqual(['One']);
  });

  it('shows a cursor where the next token will come, until the answer is complete', () => {
    const { view, cursor } = setup();
    view.show('', false);
    expect(cursor()).not.toBeNull();
    view.show('- one\n- two', false);
    expect(cursor()?.parentElement?.tagName).toBe('LI');
    view.show('- one\n- two', true);
    expect(cursor()).toBeNull();
  });

  it('appends to code that still grows instead of rendering it again', () => {
    const { host, view, tails } = setup();
    view.show('```js\nlet a;\n', false);
    const line = host.querySelector('.code-piece')?.firstChild;
    view.show('```js\nlet a;\nlet b;\n', false);
    expect(host.querySelector('.code-piece')?.firstChild).toBe(line);
    expect(host.querySelector('pre')?.textContent).toBe('let a;\nlet b;\n');
    expect(tails).toEqual([]);
  });

  it('shows a block that grows very long as plain text until it settles', () => {
    const { host, view } = setup();
    const long = 'word '.repeat(2_000);
    view.show(long, false);
    view.show(`${long}and *more*`, false);
    expect(host.textContent).toBe(`${long}and *more*`);
    view.show(`${long}and *more*`, true);
    expect(host.querySelector('em')?.textContent).toBe('more');
  });

  it('ends as the whole text would have been rendered', () => {
    const answer = '# T\n\nA\n\n```\nx\n```\n\n- a\n- b\n\nEnd *x*';
    const grown = setup();
    for (let length = 0; length <= answer.length; length++) grown.view.show(answer.slice(0, length), false);
    grown.view.show(answer, true);
    const whole = setup();
    whole.view.show(answer, true);
    expect(grown.host.innerHTML).toBe(whole.host.innerHTML);
  });
});
