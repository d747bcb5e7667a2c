import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where a run leaves pictures of the pages. Git does not see it; the last line of the run says where it is. */
export const picturesFolder = path.join(__dirname, '../../coverage/browser');

/** Removes what the run before has left. */
export async function emptyPicturesFolder(): Promise<void> {
  await rm(picturesFolder, { recursive: true, force: true });
  await mkdir(picturesFolder, { recursive: true });
}

/** Keeps what a page looks like from top to bottom, under a name made of these words. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`;
  await page.screenshot({ path: path.join(picturesFolder, file), fullPage: true });
}
