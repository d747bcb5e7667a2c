import { expect } from 'chai';
import { ConsentItem, consentItems, parseScope, toScope } from '../../lib/index.js';
import { toResourceIDs } from '../../lib/kakao/consent-items.js';

describe('consent items', () => {
  it('lists every item that ConsentItem names, once', () => {
    expect(consentItems.map(({ id }) => id)).to.have.members(Object.values(ConsentItem));
  });

  it('says which can only be requested for all accounts', () => {
    const ids = consentItems.filter(item => item.allAccountsOnly).map(({ id }) => id);

    expect(ids).to.deep.equal(['moment_create', 'keyword_create']);
  });

  it('says which need the permission for Kakao Moment', () => {
    const ids = consentItems.filter(item => item.permission === 'Kakao Moment').map(({ id }) => id);

    expect(ids).to.deep.equal([
      'moment_create',
      'moment_management',
      'moment_delete',
      'moment_bizform_result_read',
    ]);
  });

  for (const item of consentItems) {
    it(`describes ${item.id} in Korean and in English`, () => {
      expect(item.level).to.equal('required');
      for (const text of [item.names, item.description]) {
        expect(text.ko).to.match(/[가-힣]/);
        expect(text.en).to.match(/^[\x20-\x7e]+$/);
      }
    });
  }

  it('cannot be changed by accident', () => {
    expect(consentItems).to.be.frozen;
    expect(consentItems[0]?.names).to.be.frozen;
    expect(ConsentItem).to.be.frozen;
  });
});

describe('toScope', () => {
  it('joins by commas, and writes an item once', () => {
    expect(toScope(['biz_account_email', 'moment_management', 'biz_account_email'])).to.equal(
      'biz_account_email,moment_management',
    );
  });

  it('takes a single item, and items it does not know', () => {
    expect(toScope('talk_channel_management')).to.equal('talk_channel_management');
  });

  for (const items of [[], '', [''], 'a,b', ['a b'], 'a\n', [undefined], null, 7]) {
    it(`refuses ${JSON.stringify(items)}`, () => {
      expect(() => Reflect.apply(toScope, undefined, [items])).to.throw(TypeError, /consent item/);
    });
  }
});

describe('parseScope', () => {
  const table = [
    ['biz_account_email moment_management', ['biz_account_email', 'moment_management']],
    ['biz_account_email,moment_management', ['biz_account_email', 'moment_management']],
    [' a , b  a ', ['a', 'b']],
    ['', []],
  ] as const;
  for (const [scope, items] of table) {
    it(`reads ${JSON.stringify(scope)}`, () => {
      expect(parseScope(scope)).to.deep.equal(items);
    });
  }
});

describe('toResourceIDs', () => {
  const table = [
    { scope: 'biz_account_email', given: undefined, ids: [] },
    {
      scope: 'moment_management',
      given: ['moment:1', 'moment:2', 'moment:1'],
      ids: ['moment:1', 'moment:2'],
    },
    { scope: 'moment_management', given: 'moment:1234', ids: ['moment:1234'] },
    { scope: 'moment_create', given: undefined, ids: ['moment:*'] },
    { scope: ['keyword_create'], given: [], ids: ['keyword:*'] },
    { scope: ['moment_create', 'keyword_create'], given: 'keyword:*', ids: ['keyword:*', 'moment:*'] },
    { scope: 'moment_create', given: 'keyword:7', ids: ['keyword:7', 'moment:*'] },
  ];
  for (const { scope, given, ids } of table) {
    it(`asks for ${JSON.stringify(ids)} with scope ${scope} and ${JSON.stringify(given)}`, () => {
      expect(toResourceIDs(scope, given)).to.deep.equal(ids);
    });
  }

  it('refuses single accounts beside an item that can be asked for all only', () => {
    expect(() => toResourceIDs(['moment_create'], ['moment:*', 'moment:7'])).to.throw(
      TypeError,
      'moment_create can only be requested for all accounts: leave moment:7 out of the resourceIDs',
    );
  });

  for (const id of [
    'moment',
    'moment:',
    ':1',
    'moment:1,moment:2',
    'a moment:1',
    'moment:1 a',
    '',
    7,
    [['moment:1']],
  ]) {
    it(`refuses ${JSON.stringify(id)}, which names no resource`, () => {
      expect(() => Reflect.apply(toResourceIDs, undefined, ['moment_management', [id]])).to.throw(
        TypeError,
        /resource ID/,
      );
    });
  }
});
