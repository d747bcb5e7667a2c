import { bareHttps, bareNodeFetch } from './floors.js';
import * as peers from './peers.js';
import type { Contender, Hosts } from './sign-in.js';

export type Kind = 'ours' | 'alone' | 'peer' | 'floor';

/** Everything that is measured: ours, its peers, and the floors below which nobody can get by the same means. */
export const contenders = {
  'passport-kakao-business': { kind: 'ours', create: peers.kakaoBusiness },
  'passport-kakao-business, answered at once': { kind: 'alone', create: peers.kakaoBusinessAnsweredAtOnce },
  'passport-kakao': { kind: 'peer', create: peers.kakao },
  'passport-google-oauth20': { kind: 'peer', create: peers.google },
  'passport-github2': { kind: 'peer', create: peers.gitHub },
  'passport-oauth2': { kind: 'peer', create: peers.oauth2 },
  'openid-client/passport': { kind: 'peer', create: peers.openidClient },
  'two bare https.request': { kind: 'floor', create: bareHttps },
  'two bare node-fetch': { kind: 'floor', create: bareNodeFetch(['tokeninfo']) },
  'three bare node-fetch': { kind: 'floor', create: bareNodeFetch(['tokeninfo', 'userinfo']) },
} as const satisfies Record<string, { kind: Kind; create: (hosts: Hosts) => Contender | Promise<Contender> }>;

export type ContenderName = keyof typeof contenders;

export const isContender = (name: string): name is ContenderName => Object.hasOwn(contenders, name);

/** Those that ask the stand-in. */
export const names: readonly ContenderName[] = Object.keys(contenders)
  .filter(isContender)
  .filter(name => contenders[name].kind !== 'alone');

export const OURS = 'passport-kakao-business' satisfies ContenderName;

export const ALONE = 'passport-kakao-business, answered at once' satisfies ContenderName;

export const peerNames: readonly ContenderName[] = names.filter(name => contenders[name].kind === 'peer');

/** Those that have a redirect step. */
export const strategyNames: readonly ContenderName[] = names.filter(
  name => contenders[name].kind !== 'floor',
);

/** What nobody can get below who asks by node-fetch. */
export const FLOOR = 'three bare node-fetch' satisfies ContenderName;
