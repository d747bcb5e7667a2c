import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Decision } from './case.js';
import { type Catcher, startCatcher } from './catcher.js';
import { isReturnTo } from './return.js';
import type { Surroundings } from './run.js';
import { isLoopback } from './settings.js';

/** A person with a browser, instructed through the terminal. */
export interface Person {
  decide: Surroundings['decide'];
  close(): void;
}

type Say = (text: string) => void;

/** Where the person reads instructions and types. */
export interface Terminal {
  say: Say;
  input: Readable;
  /** The time limit (ms) for a consent screen; 10 minutes by default. */
  timeout?: number | undefined;
}

/** Listens for the browser if the redirect URI is on this machine; otherwise the person pastes the redirect URL. */
export const meetPerson = async (redirectURI: string, terminal: Terminal): Promise<Person> =>
  isLoopback(redirectURI)
    ? catching(await startCatcher(redirectURI), terminal.say, terminal.timeout)
    : pasting(redirectURI, terminal);

/** @param timeout the time limit (ms) for a consent screen; after a timeout the person is not asked again. */
export function catching(catcher: Catcher, say: Say, timeout: number = 10 * 60 * 1000): Person {
  let isThere = true;
  return {
    decide: async (decision, address) => {
      if (!isThere) return undefined;
      const next = catcher.next(timeout);
      say(invitation(decision, address));
      const returned = await next;
      isThere = returned !== undefined;
      return returned;
    },
    close: () => catcher.close(),
  };
}

function pasting(redirectURI: string, { say, input }: Terminal): Person {
  const typed = createInterface({ input });
  const lines = typed[Symbol.asyncIterator]();
  return {
    decide: async (decision, address) => {
      say(`${invitation(decision, address)}\nThen paste the URL at which the browser ended:`);
      for (let line = await lines.next(); !line.done; line = await lines.next()) {
        const text = line.value.trim();
        const url = URL.canParse(text) ? new URL(text) : undefined;
        if (isReturnTo(redirectURI, url)) return url;
        say('That is not a URL below KAKAO_CALLBACK_URL. Paste the whole URL:');
      }
      return undefined;
    },
    close: () => typed.close(),
  };
}

const invitations: Record<Decision, string> = {
  agree: 'Open this address in a browser, sign in, and AGREE:',
  cancel: 'Open this address in a browser, sign in, and CANCEL:',
};

const invitation = (decision: Decision, address: URL): string =>
  `\n${invitations[decision]}\n\n  ${address}\n`;
