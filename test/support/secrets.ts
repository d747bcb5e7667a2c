import { inspect } from 'node:util';
import { expect } from 'chai';

/** Values that no message, log or error may show; long and random enough to be found in any text. */
export const CLIENT_SECRET = 'clientSecret-7hYq2LmZ0pXv9RtK';
export const CODE = 'authCode-Kd83jSnq0aPw4VbX2m';
export const ACCESS_TOKEN = 'businessToken-9sLx2QwE7uTy4Rk';

/** Asserts that an error shows no secret in its message, stack, inspection, JSON or causes. */
export function expectNoSecrets(error: unknown): void {
  const shown = [inspect(error, { depth: 12, showHidden: true }), JSON.stringify(error), String(error)].join(
    '\n',
  );
  for (const secret of [CLIENT_SECRET, CODE, ACCESS_TOKEN]) {
    expect(shown).not.to.include(secret);
    expect(shown).not.to.include(encodeURIComponent(secret));
  }
}
