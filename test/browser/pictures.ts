import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** The folder for screenshots, ignored by git. The last line of a run prints it. */
export const picturesFolder = path.join(__dirname, '../../coverage/browser');

/** Removes the screenshots of the previous run. */
export async function emptyPicturesFolder(): Promise<void> {
  await rm(picturesFolder, { recursive: true, force: true });
  await mkdir(picturesFolder, { recursive: true });
}

/** Takes a full-page screenshot, with a file name made of these words. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`;
  await page.screenshot({ path: path.join(picturesFolder, file), fullPage: true });
}
