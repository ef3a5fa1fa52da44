import { axeFindings } from './axe-findings';
import { type CompareDriver } from './compare-driver';
import { type Mood, type StandIn, startStandIn } from './start-stand-in';
import { usePage } from './use-page';

/** What a person is told when an answer fails, and what they can do next. */
describe('an answer that fails', () => {
  let [standIn, other]: [StandIn?, StandIn?] = [];
  const { open } = usePage(async () => {
    [standIn, other] = [await startStandIn(), await startStandIn({ models: ['other'] })];
    const entry = { endpoint: standIn.endpoint, protocol: 'openai-chat', model: 'tuned' };
    const entries = Array.from({ length: 12 }, (_, n) => ({ ...entry, id: `one-${n}`, name: `One ${n}` }));
    const impatient = { ...entry, id: 'impatient', name: 'Impatient', deadlines: { headers_ms: 1_000 } };
    return {
      BASELINE_MODELS: JSON.stringify([...entries, impatient]),
      TWODELTA_MODELS: JSON.stringify([{ id: 'other', name: 'Other', endpoint: other.endpoint, protocol: 'openai-chat' }]),
    };
  });
  const model = (): StandIn => standIn!;
  /** Each test has a model of its own: what one learned of it must not be what another sees. */
  let tests = 0;
  const openFresh = (model = `one-${tests++}`): Promise<CompareDriver> => open({ path: `/?baseline=${model}&twodelta=other` });
  afterEach(() => model().become({ checks: 'fine', answers: 'whole' }));
  afterAll(() => Promise.all([standIn?.shut(), other?.shut()]));

  const askIn = async (answers: Mood['answers']): Promise<CompareDriver> => {
    const compare = await openFresh(answers === 'none' ? 'impatient' : undefined);
    model().become({ answers });
    await compare.ask('Write a short poem about the sea');
    await compare.untilIdle();
    await compare.baseline.untilState(/failed/);
    return compare;
  };
  const note = ({ baseline }: CompareDriver) => baseline.cell.locator('tandem-fault-note');
  const said = async (compare: CompareDriver): Promise<string> => (await note(compare).innerText()).replace(/\s+/g, ' ');

  it.each<[Mood['answers'], RegExp]>([
    ['loading', /^The model server could not answer The model server at \S+ is still loading its model: try again in a moment\. upstream_error Retry$/],
    [
      'failing',
      /^The model server could not answer The model server at \S+ failed \(HTTP 500\): look into its log, then try again\. It said: "CUDA out of memory" upstream_error Retry$/,
    ],
    [
      'none',
      /^No answer in time The model server at \S+ accepted the request but did not begin to answer in time: it may be overloaded\. upstream_timeout Retry$/,
    ],
    ['too long', /^Too long for this model The conversation is longer than the model at \S+ can take: shorten it, or ask for fewer tokens\./],
    [
      'want a key',
      /^Access refused The model server at \S+ wants a key \(HTTP 401\): set API_KEY, or name a variable in the model's api_key_env\. upstream_auth Retry Choose another model$/,
    ],
    [
      'broken off',
      /^Broke off The model server at \S+ ended its answer before it said that it was complete: what came is kept, try again\. upstream_incomplete Retry$/,
    ],
  ])('says what, why and what to do: %s', async (answers, words) => {
    const compare = await askIn(answers);
    expect(await said(compare)).toMatch(words);
    expect((await compare.derivative.text()).trim()).toBe('Hi.');
    expect(await axeFindings(compare.page)).toEqual([]);
  });

  it('keeps the text so far, and is whole when it is asked for again', async () => {
    const compare = await askIn('broken off');
    expect(await compare.baseline.text()).toMatch(/^The sea is wide/);
    model().become({ answers: 'whole' });
    await compare.baseline.button('Retry').click();
    await compare.baseline.untilState(/done/);
    expect((await compare.baseline.text()).trim()).toBe('Hi.');
  });

  it('leads to another model where asking this one again is of no use', async () => {
    const compare = await askIn('want a key');
    const { page, baseline } = compare;
    await page.getByRole('button', { name: 'Choose another model' }).click();
    await page.getByRole('dialog', { name: 'Choose the Baseline model' }).waitFor();
    await page.keyboard.type('Other');
    await page.keyboard.press('Enter');
    await baseline.button('Retry').click();
    await baseline.untilState(/done/);
    expect((await baseline.text()).trim()).toBe('Hi.');
  });

  it('has its server looked at at once, not at the next round', async () => {
    const compare = await openFresh();
    model().become({ answers: 'want a key' });
    const before = model().requests.length;
    await compare.ask('Hello');
    await compare.untilIdle();
    await compare.page.locator('#pane-baseline .note', { hasText: /Key missing\. Its checks pass, but prompts do not: it wants a key/ }).waitFor();
    expect(model().requests.slice(before)).toContain('GET /v1/models');
  });
});
