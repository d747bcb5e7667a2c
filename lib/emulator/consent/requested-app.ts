import { Refusal } from '../errors/authorize-error.js';
import type { EmulatedApp } from '../model.js';

/**
 * The app that an authorize request comes from.
 *
 * @throws {Refusal} when no app has the client ID, the app may not ask at all, or not for this redirect URI.
 */
export function requireApp(query: URLSearchParams, apps: readonly EmulatedApp[]): EmulatedApp {
  const app = requireClient(query.get('client_id'), apps);
  if (app.sanctioned) {
    throw new Refusal('KOE125', about(app), `${toExpression(app, apps)}.sanctioned = false`);
  }
  if (!app.bizApp) throw new Refusal('KOE123', about(app), `${toExpression(app, apps)}.bizApp = true`);
  return app;
}

/** How a program that has started the emulator names one of its apps. */
export function toExpression(app: EmulatedApp, apps: readonly EmulatedApp[]): string {
  return app === apps[0] ? 'emulator.app' : `emulator.apps[${apps.indexOf(app)}]`;
}

function requireClient(clientID: string | null, apps: readonly EmulatedApp[]): EmulatedApp {
  const app = apps.find(each => each.clientID === clientID);
  if (app) return app;
  const owner = apps.find(({ otherKeys }) => clientID !== null && otherKeys.includes(clientID));
  if (owner) {
    throw new Refusal('KOE008', about(owner), `clientID: ${toExpression(owner, apps)}.clientID`);
  }
  throw new Refusal(
    'KOE101',
    {
      // Without what was sent: it may be a secret in the wrong place.
      ko: clientID ? '보낸 client_id를 쓰는 앱이 없습니다.' : 'client_id가 없습니다.',
      en: clientID ? 'No app has the client_id that was sent.' : 'client_id is missing.',
    },
    'clientID: emulator.app.clientID',
  );
}

const about = ({ name }: EmulatedApp): { ko: string; en: string } => ({
  ko: `앱: ${name}`,
  en: `The app: ${name}`,
});
