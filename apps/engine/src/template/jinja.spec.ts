import { JinjaTemplate } from './jinja';

const VALUES = {
  text: 'aé😀',
  list: [1, 2],
  map: { b: 1, a: 'x' },
  none: null,
  parts: [{ type: 'text', text: 'hi' }, { type: 'image' }],
};

const render = (template: string) => new JinjaTemplate(template).render(VALUES);

describe('a template, as Jinja2 runs it', () => {
  it.each([
    ['{% for letter in text %}[{{ letter }}]{% endfor %}', '[a][é][😀]'],
    ["{% for letter in text if letter != 'a' %}{{ letter }}{% endfor %}", 'é😀'],
    ["{% for part in text %}{% if part['type'] == 'image' %}no{% endif %}{% else %}none{% endfor %}", ''],
    ['{{ text | list | length }} {{ text | first }} {{ text | last }} {{ text | reverse | join }}', '3 a 😀 😀éa'],
    ['{{ text | count }}{{ list | count }}{{ map | count }}', '322'],
  ])('takes text for a list of characters: %s', (template, text) => expect(render(template)).toBe(text));

  it.each([
    ['{{ nothing }}', ''],
    ["{{ nothing.more['and'].more }}", ''],
    ["{{ 'a' + nothing + 'b' }}{{ 'a' ~ nothing }}", 'aba'],
    ['{% for a in nothing %}{{ a }}{% else %}empty{% endfor %}', 'empty'],
    ['{% for a in none %}{{ a }}{% endfor %}', ''],
    ["{{ nothing | length }}{{ nothing | trim }}{{ nothing | upper }}{{ nothing | join(',') }}", '0'],
    ["{{ nothing | selectattr('type', 'equalto', 'x') | list | length }}", '0'],
    ["{{ none | selectattr('type', 'equalto', 'x') | list | length }}", '0'],
    ["{{ 'a' in nothing }}{{ nothing in text }}", 'falsefalse'],
    ["{{ nothing | default('it') }}{{ nothing is defined }}{{ none is none }}", 'itfalsetrue'],
    ["{{ parts | selectattr('x') | list | first }}", ''],
  ])('takes a name that is not there for empty: %s', (template, text) => expect(render(template)).toBe(text));

  it.each([
    ["{{ '<{}|{}>'.format(1, 'a') }}{{ '{1}{0}'.format('a', 'b') }}", '<1|a>ba'],
    ["[{{ '\n a \n'.strip('\n') }}][{{ '\n a'.lstrip('\n') }}][{{ 'abc'.rstrip('cb') }}][{{ ' a '.strip() }}]", '[ a ][ a][a][a]'],
    ["{{ ', '.join(['a', 'b']) }}{{ 'abc'.find('c') }}{{ 'abca'.count('a') }}", 'a, b22'],
    ["{{ 'a-b-c'.rsplit('-', 1)[0] }}{{ 'a=b'.partition('=')[2] }}{{ 'prefix'.removeprefix('pre') }}", 'a-bbfix'],
    ["{{ '%s of %s' % ('a', 'b') }}{{ '=' * 3 }}", 'a of b==='],
    ["{{ [1, 'a'] == [1, 'a'] }}{{ {} == {} }}{{ [] != [1] }}{{ 1 == '1' }}", 'truetruetruefalse'],
    ["{% set sizes = {0: 'no', 512: 'some'} %}{{ sizes[512] }}{% for size in sizes %}{% if 100 <= size %}{{ size }}{% endif %}{% endfor %}", 'some512'],
    [
      "{% macro said(content) %}{% if content is string %}{{ content }}{% else %}{% for part in content %}{{ part.text }}{% endfor %}{% endif %}{% endmacro %}{{ said('a') }}{{ said(parts) }}",
      'ahi',
    ],
    ['{% for i in range(1, 7, 2) %}{{ i }}{% endfor %}{{ range(3) | list | length }}', '1353'],
    ["{{ strftime_now('%Y') | length }}", '4'],
  ])('does what Python does: %s', (template, text) => expect(render(template)).toBe(text));

  it('says why it refuses', () => {
    expect(() => render("{{ raise_exception('not so') }}")).toThrow('not so');
  });
});
