import { parseArgs } from 'node:util';
import { type App, allAt, kakao } from './requests.js';

/** The settings of a run, read from the command line and the environment. */
export type Settings = 'help' | { live: false } | LiveSettings;

export interface LiveSettings {
  live: true;
  app: App;
  /** The time (ms) between two requests. */
  pause: number;
}

/** A mistake in the arguments or the environment; the message is printed as it is. */
export class UnusableSettings extends Error {}

/** @throws {UnusableSettings} */
export function readSettings(args: string[], env: NodeJS.ProcessEnv): Settings {
  const { help, live, origin } = readArguments(args);
  if (help) return 'help';
  if (!live) return { live };
  const redirectURI = requireVariable(env, 'KAKAO_CALLBACK_URL');
  if (!/^https?:$/.test(toURL(redirectURI)?.protocol ?? '')) {
    throw new UnusableSettings('KAKAO_CALLBACK_URL is not an http or https URL.');
  }
  return {
    live,
    app: {
      ...(origin === undefined ? kakao : allAt(origin)),
      clientID: requireVariable(env, 'KAKAO_REST_API_KEY'),
      clientSecret: env['KAKAO_CLIENT_SECRET'] || undefined, // empty: no secret
      loginSecret: env['KAKAO_LOGIN_SECRET'] || undefined,
      redirectURI,
      scope: (env['KAKAO_SCOPE'] || 'biz_account_email').split(/[\s,]+/).filter(Boolean),
    },
    // Spares Kakao's servers; a local stand-in needs no pause.
    pause: origin === undefined ? 1000 : 0,
  };
}

/** Whether a URL points to this machine over plain HTTP. */
export function isLoopback(url: string): boolean {
  const { protocol, hostname } = toURL(url) ?? {};
  return protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname ?? '');
}

function readArguments(args: string[]): { help: boolean; live: boolean; origin: string | undefined } {
  try {
    const options = {
      help: { type: 'boolean', short: 'h' },
      live: { type: 'boolean' },
      origin: { type: 'string' },
    } as const;
    const { help = false, live = false, origin } = parseArgs({ args, options }).values;
    if (origin !== undefined && !live) throw new UnusableSettings(usage);
    if (origin !== undefined && !isLoopback(origin)) {
      throw new UnusableSettings('--origin requires the http URL of a stand-in on this machine.');
    }
    return { help, live, origin };
  } catch (error) {
    if (error instanceof UnusableSettings) throw error;
    throw new UnusableSettings(usage);
  }
}

const usage = 'Usage: npm run contract [-- --live [--origin http://127.0.0.1:<port>] | --help]';

export const help = `${usage}

Sends requests to the emulator, and prints where it does what Kakao documents and what the code assumes.
That proves nothing about Kakao. With --live the requests go to Kakao.

  --live           ask Kakao as your app, which the variables below describe
  --origin <URL>   with --live: ask a stand-in on this machine in place of Kakao
  --help           print this text

Environment variables for --live:

  KAKAO_REST_API_KEY    required: the REST API key of a reviewed app
  KAKAO_CALLBACK_URL    required: a redirect URI that is registered for Business Authentication. With
                        http://localhost:<port>/... the run itself waits for the browser. With any other, you paste
                        the URL at which the browser ended.
  KAKAO_CLIENT_SECRET   the Business Authentication secret; not set while the Client secret feature is off
  KAKAO_LOGIN_SECRET    the Kakao Login secret of the same key; if it is not set, one assumption is not settled
  KAKAO_SCOPE           the consent items of the app, separated by commas (default: biz_account_email). The more
                        there are, the more is settled.

Exit code: 0 when the run was completed, 1 when something violates Kakao's documentation, 2 when the run could not be
completed or the arguments cannot be used.`;

function requireVariable(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new UnusableSettings(
    `${name} is not set: --live requires KAKAO_REST_API_KEY, KAKAO_CALLBACK_URL and, if the app has one, KAKAO_CLIENT_SECRET.`,
  );
}

const toURL = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
