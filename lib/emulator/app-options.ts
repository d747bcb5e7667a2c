import { consentCatalog } from './consent-catalog.js';
import type { EmulatedApp, EmulatedAppOptions, EmulatedQuota } from './model.js';
import {
  refuse,
  requireBoolean,
  requireCount,
  requireDistinct,
  requireKnownMembers,
  requireList,
  requireRedirectURI,
  requireText,
  requireTexts,
} from './option-checks.js';

interface AppsOptions {
  app?: EmulatedAppOptions | undefined;
  apps?: EmulatedAppOptions[] | undefined;
}

/** The apps that were asked for by either option: the first, and all of them. */
export function toApps({ app, apps }: AppsOptions): [EmulatedApp, ...EmulatedApp[]] {
  if (apps === undefined) return [toApp('app', app ?? {})];
  if (app !== undefined) refuse('app', 'left out beside apps');
  const all = requireList('apps', apps).map((each, index) => toApp(`apps[${index}]`, each));
  requireDistinct('apps', all, 'clientID'); // it has to tell whose a request is
  const [first, ...others] = all;
  return first ? [first, ...others] : refuse('apps', 'a list of one app at least');
}

function toApp(option: string, app: EmulatedAppOptions): EmulatedApp {
  requireKnownMembers(option, app, members);
  const {
    name = '샘플 광고 대행사 (Sample Agency)',
    clientID = '0123456789abcdef0123456789abcdef',
    clientSecret = 'EmulatorSecretNotARealOne0123456',
    redirectURIs = ['http://localhost:3000/auth/kakao-business/callback'],
    consentItems = consentCatalog.map(item => item.id),
    permissions = ['kakao_moment'],
  } = app;
  const texts = (member: string, values: readonly string[] = []): string[] =>
    requireTexts(`${option}.${member}`, values);
  const flag = (member: string, value: boolean): boolean => requireBoolean(`${option}.${member}`, value);
  return {
    name: requireText(`${option}.name`, name),
    clientID: requireText(`${option}.clientID`, clientID),
    clientSecret: clientSecret === false ? undefined : requireText(`${option}.clientSecret`, clientSecret),
    redirectURIs: requireList(`${option}.redirectURIs`, redirectURIs).map((uri, index) =>
      requireRedirectURI(`${option}.redirectURIs[${index}]`, uri),
    ),
    consentItems: texts('consentItems', consentItems),
    permissions: texts('permissions', permissions),
    bizApp: flag('bizApp', app.bizApp ?? true),
    testApp: flag('testApp', app.testApp ?? false),
    members: texts('members', app.members),
    otherKeys: texts('otherKeys', app.otherKeys),
    sanctioned: flag('sanctioned', app.sanctioned ?? false),
    allowedIPs: app.allowedIPs === undefined ? undefined : texts('allowedIPs', app.allowedIPs),
    quota: toQuota(`${option}.quota`, app.quota ?? {}),
  };
}

const members: readonly (keyof EmulatedApp)[] = [
  'name',
  'clientID',
  'clientSecret',
  'redirectURIs',
  'consentItems',
  'permissions',
  'bizApp',
  'testApp',
  'members',
  'otherKeys',
  'sanctioned',
  'allowedIPs',
  'quota',
];

function toQuota(option: string, quota: EmulatedQuota): EmulatedQuota {
  const limits = ['tokensPerMinute', 'tokenRequestsPerMinute', 'apiCallsPerMinute'] as const;
  requireKnownMembers(option, quota, limits);
  for (const limit of limits) {
    if (quota[limit] !== undefined) requireCount(`${option}.${limit}`, quota[limit]);
  }
  return { ...quota };
}
