import { type Locator, type Page } from 'playwright-core';
import { writeAtOnce } from './write-at-once';

/** The chat page, in a person's words. */
export class ChatDriver {
  readonly composer: Locator;
  readonly answers: Locator;
  readonly questions: Locator;

  constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    this.composer = page.getByRole('textbox', { name: /^Message / });
    this.answers = page.locator('tandem-answer');
    this.questions = page.locator('tandem-question');
  }

  async goto(path = '/chat'): Promise<this> {
    await this.page.goto(this.origin + path);
    await this.untilReady();
    return this;
  }

  /** Waits until the model is known: only then can anything be said. */
  async untilReady(): Promise<void> {
    await this.composer.waitFor();
    await this.page.getByRole('button', { name: /^Chat model: (?!none$)/ }).waitFor();
  }

  /** Sends a message, as soon as one can be sent, and waits until it stands in the transcript. */
  async say(text: string): Promise<void> {
    const before = await this.questions.count();
    await writeAtOnce(this.composer, text);
    await this.page.getByRole('button', { name: 'Send', exact: true, disabled: false }).waitFor();
    await this.composer.press('Enter');
    await this.questions.nth(before).waitFor();
  }

  /** Sends a message, and waits until its answer has ended and is kept. */
  async ask(text: string): Promise<string> {
    await this.say(text);
    await this.untilState(/^done/);
    await this.button('Stop').waitFor({ state: 'detached' });
    return this.lastText();
  }

  async choose(model: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Chat model/ }).click();
    await this.page
      .getByRole('option')
      .filter({ has: this.page.getByText(model, { exact: true }) })
      .click();
  }

  lastText(): Promise<string> {
    return this.answers.last().locator('tandem-markdown').innerText();
  }

  untilState(words: RegExp): Promise<void> {
    return this.answers.last().locator('.state', { hasText: words }).waitFor();
  }

  async untilText(words: RegExp): Promise<void> {
    await this.answers.last().locator('tandem-markdown', { hasText: words }).waitFor();
  }

  /** Sets one of the parameters, and waits until the dialog is out of the way. */
  async setParameter(label: string, value: string): Promise<void> {
    await this.button('Parameters').click();
    await this.page.getByLabel(label).fill(value);
    await this.button('Done').click();
    await this.page.getByRole('dialog', { name: 'Parameters' }).waitFor({ state: 'hidden' });
  }

  /** Opens one of the things that are less often wanted. */
  async more(item: string): Promise<void> {
    await this.button('More').click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async addImage(file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.more('Add images')]);
    await chooser.setFiles(file);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  conversation(title: string): Locator {
    return this.page.getByRole('link', { name: title, exact: true });
  }

  async menu(title: string, item: string): Promise<void> {
    await this.button(`More for ${title}`).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}
