import type { EmulatorContext } from '../context.js';
import type { JSONObject } from '../http/json.js';
import { invalid } from '../invalid-member.js';
import type { EmulatedApp } from '../model.js';
import { toApp } from '../options.js';
import { APPS_PATH } from '../paths.js';
import { replaceMembers } from '../snapshot.js';
import { mergePatch } from './merge-patch.js';
import { ControlError, type ControlRoute } from './route.js';

/** The registered apps. */
export const APP_ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: APPS_PATH, handle: (_, { state }) => state.apps.map(toJSON) },
  {
    method: 'GET',
    path: `${APPS_PATH}/{client_id}`,
    handle: ({ parameter }, context) => toJSON(findApp(parameter, context)),
  },
  {
    method: 'PATCH',
    path: `${APPS_PATH}/{client_id}`,
    handle({ parameter, body }, context) {
      const app = findApp(parameter, context);
      const changed = toApp('', mergePatch(toJSON(app), body));
      if (context.state.apps.some(each => each !== app && each.clientID === changed.clientID)) {
        throw invalid('clientID', 'clientID must be different from that of the other apps');
      }
      replaceMembers(app, changed);
      return toJSON(app);
    },
  },
];

function findApp(clientID: string, { state: { apps } }: EmulatorContext): EmulatedApp {
  const app = apps.find(each => each.clientID === clientID);
  if (!app) throw new ControlError(404, `There is no app ${clientID}.`);
  return app;
}

/** An app with the members of the option: `clientSecret` is `false` while the feature is off. */
const toJSON = ({ clientSecret, quota, ...app }: EmulatedApp): JSONObject => ({
  ...app,
  clientSecret: clientSecret ?? false,
  quota: { ...quota },
});
