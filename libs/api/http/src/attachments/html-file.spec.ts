import { escapeHtml } from './html-file';

describe('text in an HTML file', () => {
  it('is text, between tags and in attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;');
  });
});
