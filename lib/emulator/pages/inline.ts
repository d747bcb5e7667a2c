import { createHash } from 'node:crypto';
import { HTML } from './html.js';

/** Styles or a script within a page. */
export interface Inline {
  text: HTML;
  /** Allows it in the Content-Security-Policy. */
  source: string;
}

export const inline = (text: string): Inline => ({
  text: new HTML(text),
  source: `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
});
