import { expect } from 'chai';
import { containsSecret, redact } from '../../lib/kakao/redact.js';
import { CLIENT_SECRET } from '../support/secrets.js';
import { spellings, toPercent } from '../support/spellings.js';

describe('redact', () => {
  const secrets: [what: string, secret: string][] = [
    ['a random secret', 'Kd83jSnq0aPw4VbX2m-7hYq2LmZ0pXv9RtK'],
    ['a secret of words', 'abcd_efgh_ijkl_mnop'], // does not look like a secret, but is a known one
  ];
  for (const [what, secret] of secrets) {
    for (const [how, spell] of spellings) {
      it(`hides ${what} ${how}`, () => {
        const shown = redact(`no such code (${spell(secret)})!`, [CLIENT_SECRET, secret]);

        // The base64 of the characters before the secret remains, and the padding.
        expect(shown).to.match(/^no such code \((?:O|Ojp|Ojo)?\w?\[redacted\]=*(?:%3D)*\)!$/);
      });

      it(`hides the first characters of ${what} ${how}`, () => {
        const part = spell(secret).slice(0, 27); // eight letters or more

        expect(redact(`no such code (${part})!`, [CLIENT_SECRET, secret]))
          .to.match(/^no such code \(\w{0,4}\[redacted\][%=:]?\d?\)!$/)
          .and.not.include(part);
      });
    }

    it(`hides ${what} where the text is truncated`, () => {
      const text = `${secret}, `.repeat(1000);

      expect(redact(text, [secret])).to.match(/^(?:\[redacted\], )+\S{0,10}$/);
    });
  }

  it('hides a secret whose occurrences overlap', () => {
    expect(redact('(aabaabaabaac)', ['aabaabaac'])).to.equal('([redacted])');
    expect(redact('(aabaabaabaac aabaabaac)', ['aabaabaac'])).to.equal('([redacted])');
  });

  it('keeps words that share letters with a secret', () => {
    const text = 'the code is not known: client and secret differ, 100% of clientSe... and %zz';

    expect(redact(text, ['clientSfoo-7hYq2LmZ0pXv9RtK', 'code is missing', 'abc'])).to.equal(text);
  });

  const names: [text: string, shown: string][] = [
    ['KakaoMomentException', 'KakaoMomentException'],
    ['KakaoMoment2Exception', '[redacted]'],
    ['aKakaoMomentException', '[redacted]'],
    ['KakaoMomentExceptions', '[redacted]'],
    [`${'K'.repeat(42)}Exception`, '[redacted]'],
  ];
  for (const [text, shown] of names) {
    it(`shows ${text} as ${shown}`, () => {
      expect(redact(`a ${text} b`, [])).to.equal(`a ${shown} b`);
    });
  }

  it('shows no secret that ends like the name of an exception', () => {
    expect(redact('SecretException', ['SecretException'])).to.equal('[redacted]');
  });

  it('hides a secret that repeats itself, and nothing before it', () => {
    expect(redact('no such code: abcabcabcabc!', ['abcabcabcabc'])).to.equal('no such code: [redacted]!');
  });

  it('hides a secret of four characters, but no shorter one', () => {
    expect(redact('is the code abcd or abc?', ['abcd', 'the'])).to.equal('is the code [redacted] or abc?');
  });

  it('hides a short secret as in JSON', () => {
    expect(redact('no such code: a\\"b\\\\c', ['a"b\\c'])).to.equal('no such code: [redacted]');
  });

  it('hides a secret with spaces in it from eight letters and digits on', () => {
    expect(redact('A B 1 2 3 4 5 6', ['AB123456'])).to.equal('[redacted]');
    expect(redact('1 2 3 4 1 2 3 4 1 2 3 4', ['1234'])).to.equal('1 2 3 4 1 2 3 4 1 2 3 4');
  });

  it('replaces characters that end or reorder a line by spaces', () => {
    expect(redact('a\u202eb\u2066c\u2069d\u2028e\u2029f\u200bg\ufeffh\u0085i\u061cj', [])).to.equal(
      'a b c d e f g h i j',
    );
  });

  const secret = 'a'.repeat(2048);
  const hostile: [what: string, text: string][] = [
    ['one letter', 'a'.repeat(1_000_000)],
    ['near misses', `${CLIENT_SECRET.slice(0, -1)} `.repeat(40_000)],
    ['near misses, encoded', `${toPercent(CLIENT_SECRET.slice(0, -1))}%`.repeat(15_000)],
    ['percent signs', '%'.repeat(1_000_000)],
    ['secrets', CLIENT_SECRET.repeat(30_000)],
  ];
  for (const [what, text] of hostile) {
    it(`quickly redacts 1 MB of ${what}`, () => {
      const started = process.cpuUsage();

      expect(redact(text, [secret, CLIENT_SECRET])).to.have.lengthOf.at.most(300);
      expect(process.cpuUsage(started).user).to.be.below(3_000_000);
    });
  }
});

describe('containsSecret', () => {
  for (const [how, spell] of spellings) {
    it(`finds a secret ${how}`, () => {
      expect(containsSecret(`x ${spell(CLIENT_SECRET)} x`, [CLIENT_SECRET])).to.equal(true);
    });
  }

  it('finds no secret in other text', () => {
    expect(containsSecret('invalid_client', [CLIENT_SECRET])).to.equal(false);
    expect(containsSecret('invalid_client', [])).to.equal(false);
  });
});
