import { inspect } from 'node:util';
import { expect } from 'chai';

/** Values that no message, log or error may ever show; long and odd enough to be found wherever they leak. */
export const CLIENT_SECRET = 'clientSecret-7hYq2LmZ0pXv9RtK';
export const CODE = 'authCode-Kd83jSnq0aPw4VbX2m';
export const ACCESS_TOKEN = 'businessToken-9sLx2QwE7uTy4Rk';

/** Looks for the secrets everywhere an error can show them: its message, stack, inspection, JSON and causes. */
export function expectNoSecrets(error: unknown): void {
  const shown = [inspect(error, { depth: 12, showHidden: true }), JSON.stringify(error), String(error)].join(
    '\n',
  );
  for (const secret of [CLIENT_SECRET, CODE, ACCESS_TOKEN]) {
    expect(shown).not.to.include(secret);
    expect(shown).not.to.include(encodeURIComponent(secret));
  }
}
