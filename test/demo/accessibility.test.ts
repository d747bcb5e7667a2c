import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Browser } from '../support/browser.js';
import { type Demo, startDemo } from './demo.js';

describe('demo: accessibility', () => {
  describe('of every page', () => {
    let demo: Demo;

    beforeEach(async () => {
      demo = await startDemo();
    });

    afterEach(() => demo.close());

    const valuesOf = (html: string, attribute: string) =>
      [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) => value);

    it('has an ordered outline, landmarks, names and labels, and no script', async () => {
      for (const [name, { html }] of Object.entries(await demo.openEveryPage(new Browser('en')))) {
        const headings = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
        const ids = valuesOf(html, 'id');
        const inputs = [...html.matchAll(/<input (?!type="hidden")[^>]*>/g)].map(([input]) => input);
        const controls = [...html.matchAll(/<(a|button|summary)\b[^>]*>(.*?)<\/\1>/gs)];

        expect(
          headings.filter(level => level === 1),
          name,
        ).to.have.lengthOf(1);
        expect(headings[0], name).to.equal(1);
        expect(
          headings.filter((level, index) => level > (headings[index - 1] ?? 1) + 1),
          name,
        ).to.deep.equal([]);
        for (const landmark of ['header class="bar"', 'main', 'footer']) {
          expect(html.split(`<${landmark}>`), `${name}: ${landmark}`).to.have.lengthOf(2);
        }
        expect(new Set(ids).size, name).to.equal(ids.length);
        expect(ids, name).to.include.members([
          ...valuesOf(html, 'aria-labelledby'),
          ...valuesOf(html, 'aria-describedby'),
          ...valuesOf(html, 'for'),
        ]);
        expect(inputs.map(input => valuesOf(input, 'id')[0])).to.deep.equal(valuesOf(html, 'for'));
        for (const [, , content = ''] of controls)
          expect(content.replace(/<[^>]*>/g, ''), name).to.match(/\S/);
        expect(html, name).not.to.match(/<script|<style| style=| on[a-z]+=/);
      }
    });

    it('has a unique name for each button and link of a page', async () => {
      for (const [name, { html }] of Object.entries(await demo.openEveryPage(new Browser('en')))) {
        const names = [...html.matchAll(/<(a|button)\b([^>]*)>(.*?)<\/\1>/gs)].map(
          ([, , attributes = '', content = '']) =>
            valuesOf(attributes, 'aria-label')[0] ?? content.replace(/<[^>]*>/g, ''),
        );

        expect(new Set(names).size, `${name}: ${names}`).to.equal(names.length);
      }
    });
  });

  describe('of the colours (contrast)', () => {
    const stylesheet = readFileSync(path.join(__dirname, '../../examples/demo/public/style.css'), 'utf8');
    const [, light = '', dark = ''] = stylesheet.split(':root {');

    /** WCAG 2.2, relative luminance. */
    const luminance = (colour: string): number => {
      const channels = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
      const [red = 0, green = 0, blue = 0] = channels.map(channel =>
        channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };

    const contrast = (theme: string, text: string, background: string): number => {
      const [brighter = 0, darker = 0] = [text, background]
        .map(name => luminance(new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(theme)?.[1] ?? ''))
        .sort((a, b) => b - a);
      return (brighter + 0.05) / (darker + 0.05);
    };

    for (const [name, theme] of Object.entries({ light, dark })) {
      for (const [text, background] of [
        ['ink', 'page'],
        ['ink', 'card'],
        ['ink', 'shade'],
        ['soft', 'page'],
        ['soft', 'card'],
        ['soft', 'shade'],
        ['good-ink', 'good'],
        ['bad-ink', 'bad'],
        ['bad-ink', 'card'],
        ['bad-ink', 'shade'],
        ['on-strong', 'strong'],
      ] as const) {
        it(`is at least 4.5 for ${text} on ${background}, ${name}`, () => {
          expect(contrast(theme, text, background)).to.be.at.least(4.5);
        });
      }
    }
  });
});
