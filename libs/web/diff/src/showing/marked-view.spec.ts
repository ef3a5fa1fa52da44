import { compare, type Whose } from '@tandem/shared/differences';
import { MarkedView } from './marked-view';

async function shown(baseline: string, derivative: string, whose: Whose): Promise<string> {
  const host = document.createElement('div');
  await new MarkedView(host, whose).show(compare({ baseline, derivative, by: 'words' })[whose].blocks);
  return host.innerHTML.replace(/<\/?div[^>]*>/g, '|');
}

describe('MarkedView', () => {
  it('marks what is removed in the one, what is added in the other, and has what stands in its place beside it', async () => {
    expect(await shown('The cat sat.', 'The dog sat.', 'baseline')).toBe(
      '|The <del class="own">cat</del><span class="space"> </span><ins class="other">dog</ins> sat.|',
    );
    expect(await shown('The cat sat.', 'The dog sat.', 'derivative')).toBe(
      '|The <del class="other">cat</del><span class="space"> </span><ins class="own">dog</ins> sat.|',
    );
  });

  it('marks where something is missing', async () => {
    expect(await shown('one two three four', 'one three four', 'derivative')).toBe(
      '|one<span class="gap removed" aria-hidden="true"></span><span class="space"> </span><del class="other">two</del> three four|',
    );
  });

  it('marks once where paragraphs are missing', async () => {
    const html = await shown('One.', 'One.\n\nTwo.\n\nThree.', 'baseline');
    expect(html).toBe('|One.||<span class="gap" aria-hidden="true"></span><ins class="other">Two.</ins>||<ins class="other">Three.</ins>|');
  });

  it('shows a text as it is', async () => {
    expect(await shown('<b onclick="x">a</b>', '<b onclick="x">a</b>', 'baseline')).toBe('|&lt;b onclick="x"&gt;a&lt;/b&gt;|');
  });

  it('shows nothing once it is closed', async () => {
    const host = document.createElement('div');
    const view = new MarkedView(host, 'baseline');
    const slow = Array.from({ length: 3 }, () => ({
      isCode: false,
      goesOn: false,
      runs: Array.from({ length: 20_000 }, () => ({ kind: 'own' as const, text: 'a' })),
    }));
    const isShown = view.show(slow);
    view.close();
    expect([await isShown, host.childElementCount]).toEqual([false, 0]);
  });
});
