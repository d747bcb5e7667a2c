import { inspect } from 'node:util';
import { expect } from 'chai';
import OAuth2Strategy from 'passport-oauth2';
import { KakaoBusinessClient, KakaoBusinessStrategy, Strategy } from '../../lib/index.js';
import { authenticate, request } from '../support/authenticate.js';
import { CLIENT_SECRET } from '../support/secrets.js';
import { createStrategy, OPTIONS } from '../support/strategy.js';

const verify = async () => false as const;

describe('KakaoBusinessStrategy', () => {
  it('is an OAuth2Strategy, named kakao-business, also exported as Strategy', () => {
    expect(createStrategy()).to.be.instanceOf(OAuth2Strategy);
    expect(createStrategy().name).to.equal('kakao-business');
    expect(Strategy).to.equal(KakaoBusinessStrategy);
  });

  it('has a client for requests after the login', () => {
    expect(createStrategy().client).to.be.instanceOf(KakaoBusinessClient);
  });

  it('accepts frozen and shared options', () => {
    const options = Object.freeze({
      ...OPTIONS,
      scope: Object.freeze(['biz_account_email', 'moment_create']),
      resourceIDs: Object.freeze([]),
    });

    expect(() => [
      new KakaoBusinessStrategy(options, verify),
      new KakaoBusinessStrategy(options, verify),
    ]).not.to.throw();
  });

  it('copies the lists in its options', async () => {
    const scope = ['biz_account_email'];
    const resourceIDs = ['moment:1'];
    const strategy = createStrategy({ scope, resourceIDs });

    scope.push('not checked');
    resourceIDs.push('not checked');

    const outcome = await authenticate(strategy, request());
    expect(outcome)
      .to.have.property('url')
      .that.satisfies((url: URL) => !url.search.includes('not+checked'));
  });

  it('does not show its secret when it is logged', () => {
    expect(inspect(createStrategy(), { depth: 9, showHidden: true })).not.to.include(CLIENT_SECRET);
  });

  const misuse: [what: string, options: unknown, message: string][] = [
    ['missing options', undefined, 'KakaoBusinessStrategy requires an options object'],
    [
      'a missing clientID',
      { ...OPTIONS, clientID: undefined },
      'KakaoBusinessStrategy requires a clientID option',
    ],
    [
      'a missing callbackURL',
      { ...OPTIONS, callbackURL: undefined },
      'KakaoBusinessStrategy requires a callbackURL option',
    ],
    [
      'a relative callbackURL',
      { ...OPTIONS, callbackURL: '/auth/callback' },
      'KakaoBusinessStrategy: the callbackURL option must be an absolute http or https URL without fragment or credentials, exactly as registered at Kakao as redirect URI',
    ],
    [
      'a callbackURL with a fragment',
      { ...OPTIONS, callbackURL: 'https://a.b/#c' },
      'KakaoBusinessStrategy: the callbackURL option must be an absolute',
    ],
    [
      'a callbackURL with another scheme',
      { ...OPTIONS, callbackURL: 'my-https://cb' },
      'KakaoBusinessStrategy: the callbackURL option must be an absolute',
    ],
    [
      'a callbackURL with credentials',
      { ...OPTIONS, callbackURL: 'https://me:pw@a.b/' },
      'KakaoBusinessStrategy: the callbackURL option must be an absolute',
    ],
    [
      'a callbackURL with a space',
      { ...OPTIONS, callbackURL: 'https://a.b/c d' },
      'KakaoBusinessStrategy: the callbackURL option must be an absolute',
    ],
    [
      'an empty scope',
      { ...OPTIONS, scope: [] },
      'KakaoBusinessStrategy: invalid scope option: The scope needs at least one consent item',
    ],
    [
      'a scope with a comma',
      { ...OPTIONS, scope: 'a,b' },
      'KakaoBusinessStrategy: invalid scope option: A consent item ID is a string without comma or white space',
    ],
    [
      'a resource ID without a group',
      { ...OPTIONS, resourceIDs: '1234' },
      "KakaoBusinessStrategy: invalid resourceIDs option: A resource ID is written 'group:id'",
    ],
    [
      'single accounts beside moment_create',
      { ...OPTIONS, scope: 'moment_create', resourceIDs: 'moment:1' },
      'KakaoBusinessStrategy: invalid resourceIDs option: moment_create can only be requested for all accounts',
    ],
    [
      'a token endpoint over plain http',
      { ...OPTIONS, tokenURL: 'http://kakao.com/' },
      'KakaoBusinessStrategy: the tokenURL option must be an https URL',
    ],
    [
      'an empty sessionKey',
      { ...OPTIONS, sessionKey: '' },
      'KakaoBusinessStrategy: the sessionKey option must be a string',
    ],
    ...['__proto__', 'constructor', 'toString', 'cookie', 'passport', 'save'].map(
      (sessionKey): [string, object, string] => [
        `the sessionKey ${sessionKey}`,
        { ...OPTIONS, sessionKey },
        'KakaoBusinessStrategy: the sessionKey option must be a string, and not a member that',
      ],
    ),
    [
      'a sessionKey that is a number',
      { ...OPTIONS, sessionKey: 7 },
      'KakaoBusinessStrategy: the sessionKey option must be a string',
    ],
    [
      'a preconnect that is not a boolean',
      { ...OPTIONS, preconnect: 'no' },
      'KakaoBusinessStrategy: the preconnect option must be true or false',
    ],
    [
      'store: true, as in passport-oauth2',
      { ...OPTIONS, store: true },
      'KakaoBusinessStrategy: the store option must be an object with the methods store and verify',
    ],
    [
      'a store without verify',
      { ...OPTIONS, store: { store: () => {} } },
      'KakaoBusinessStrategy: the store option must be an object with the methods store and verify',
    ],
    [
      'a store that is null',
      { ...OPTIONS, store: null },
      'KakaoBusinessStrategy: the store option must be an object with the methods store and verify',
    ],
  ];
  for (const [what, options, message] of misuse) {
    it(`refuses ${what}`, () => {
      expect(() => Reflect.construct(KakaoBusinessStrategy, [options, verify])).to.throw(TypeError, message);
    });
  }

  const misspelled = {
    clientId: 'it is clientID',
    clientSecrets: 'it is clientSecret',
    callbackUrl: 'it is callbackURL',
    scopes: 'it is scope',
    resourceIds: 'it is resourceIDs',
    resource_ids: 'it is resourceIDs',
    resourceID: 'it is resourceIDs',
    preConnect: 'it is preconnect',
    stores: 'it is store',
    session_key: 'it is sessionKey',
    passReqToCallBack: 'it is passReqToCallback',
    passparamstocallback: 'it is passParamsToCallback',
    skipUserprofile: 'it is skipUserProfile',
    userInfoUrl: 'it is userInfoURL',
  };
  for (const [name, rightName] of Object.entries(misspelled)) {
    it(`refuses an option named ${name}: ${rightName}`, () => {
      expect(() => new KakaoBusinessStrategy({ ...OPTIONS, [name]: 'given' }, verify)).to.throw(
        TypeError,
        `KakaoBusinessStrategy has no ${name} option; ${rightName}`,
      );
    });
  }

  it('names a misspelled option if the right one is missing', () => {
    const { callbackURL: callbackUrl, ...others } = OPTIONS;

    expect(() => Reflect.construct(KakaoBusinessStrategy, [{ ...others, callbackUrl }, verify])).to.throw(
      TypeError,
      'KakaoBusinessStrategy has no callbackUrl option; it is callbackURL',
    );
  });

  const unsupported = {
    pkce: 'Kakao rejects the parameters of PKCE with KOE233',
    state: 'each login gets its own state; pass application data to passport.authenticate',
    scopeSeparator: 'the comma that Kakao expects is built in',
    customHeaders: 'to add headers, give a fetch function that adds them',
    proxy:
      'proxy headers are not read, since redirect URIs are absolute; to send requests through a proxy, set agent',
  };
  for (const [name, reason] of Object.entries(unsupported)) {
    it(`explains why there is no ${name} option`, () => {
      expect(() => new KakaoBusinessStrategy({ ...OPTIONS, [name]: true }, verify)).to.throw(
        TypeError,
        `KakaoBusinessStrategy has no ${name} option: ${reason}`,
      );
    });
  }

  it('accepts unknown options, and unsupported ones without a value', () => {
    const spread = {
      name: 'My app',
      redirectURIs: [],
      __proto__: null,
      pkce: false,
      proxy: null,
      scopes: undefined,
    };

    expect(() => new KakaoBusinessStrategy({ ...OPTIONS, ...spread }, verify)).not.to.throw();
  });

  it('requires a verify callback', () => {
    expect(() => Reflect.construct(KakaoBusinessStrategy, [OPTIONS])).to.throw(
      TypeError,
      'KakaoBusinessStrategy requires a verify callback',
    );
  });
});
