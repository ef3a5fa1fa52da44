import { eventually } from '@tandem/testing';
import { axeFindings } from './axe-findings';
import { CHAT, useChat } from './use-chat';

describe('what a chat page offers to write with', () => {
  const { openChat } = useChat();

  it('asks with a preset: saved, renamed, chosen, deleted and given back', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    await chat.setParameter('Temperature', '0.2');
    await chat.more('Presets');
    await page.getByLabel('Save what this conversation is set to').fill('Cool');
    await page.keyboard.press('Enter');
    await chat.button('Rename Cool').click();
    await page.getByRole('textbox', { name: 'New name' }).fill('Cold');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Cold/, pressed: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.reload();
    await chat.setParameter('Temperature', '1');
    await chat.more('Presets');
    await page.getByRole('button', { name: /^Cold/, pressed: false }).click();
    await page.getByRole('dialog', { name: 'Presets' }).waitFor({ state: 'hidden' });
    const request = page.waitForRequest(/\/stream$/);
    await chat.say('how?');
    expect((await request).postDataJSON()).toMatchObject({ temperature: 0.2 });
    await chat.more('Presets');
    await chat.button('Delete Cold').click();
    await page.getByText('No preset yet.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Cold/, pressed: true }).waitFor();
  });

  it('lists saved prompts behind "/", for the keyboard and a screen reader alike', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    for (const prompt of ['Explain it.', 'Shorten it.\nTo one line.']) {
      await chat.composer.fill(prompt);
      await chat.more('Prompts');
      await chat.button('Save').click();
      await page.keyboard.press('Escape');
    }
    await chat.composer.fill('');
    await chat.composer.press('/');
    await page.getByRole('option', { name: 'Explain it.', selected: true }).waitFor();
    await chat.composer.press('ArrowDown');
    const active = page.getByRole('option', { name: 'Shorten it. To one line.', selected: true });
    await active.waitFor();
    await eventually(async () => expect(await chat.composer.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id')));
    expect(await axeFindings(page)).toEqual([]);
    await chat.composer.press('Enter');
    await page.getByRole('listbox', { name: 'Saved prompts' }).waitFor({ state: 'detached' });
    await eventually(async () => expect(await chat.composer.inputValue()).toBe('Shorten it.\nTo one line.'));
    expect(await chat.questions.count()).toBe(0);
  });

  it('shows images to a model that may take them, keeps them, and says where a model takes none', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 20 } });
    await chat.addImage({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    await page.getByText('Whether Echo takes images is not known').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const request = page.waitForRequest(/\/stream$/);
    await chat.say('What is it?');
    const [said, image] = (await request).postDataJSON().messages[0].content;
    expect(said).toEqual({ type: 'text', text: 'What is it?' });
    expect(image.image_url.url).toBe(`data:image/png;base64,${png.toString('base64')}`);
    await chat.untilState(/^done/);
    await page.reload();
    await chat.questions.first().getByRole('img', { name: 'dot.png' }).waitFor();
    await chat.choose(CHAT);
    await chat.addImage({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    await page.getByText(`${CHAT} takes no images. Choose a model that does`).waitFor();
    expect(await chat.ask('What is Tandem?')).toMatch(/Tandem/);
  });

  it('makes a large image smaller, and says so', async () => {
    const chat = await openChat();
    const { page } = chat;
    await chat.choose('Echo');
    await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 1000 });
      canvas.getContext('2d')?.fillRect(0, 0, 2000, 500);
      const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made));
      const files = new DataTransfer();
      files.items.add(new File([blob ?? ''], 'wide.png', { type: 'image/png' }));
      document.querySelector('textarea')?.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
    });
    await page.getByText(/Made smaller/).waitFor();
    await page.getByTitle('wide.png, 2,048 × 512 pixels, made smaller').waitFor();
    await chat.button('Take out wide.png').click();
    await page.getByRole('img', { name: 'wide.png' }).waitFor({ state: 'detached' });
  });
});
