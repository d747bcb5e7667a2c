import { expect } from 'chai';
import { ConsentItem, consentItems, parseScope, toScope } from '../../lib/index.js';
import { toResourceIDs } from '../../lib/kakao/consent-items.js';

describe('consentItems', () => {
  it('lists every member of ConsentItem once', () => {
    expect(consentItems.map(({ id }) => id)).to.have.members(Object.values(ConsentItem));
  });

  it('marks the items for all accounts only', () => {
    const ids = consentItems.filter(item => item.allAccountsOnly).map(({ id }) => id);

    expect(ids).to.deep.equal(['moment_create', 'keyword_create']);
  });

  it('marks the items that need the Kakao Moment permission', () => {
    const ids = consentItems.filter(item => item.permission === 'Kakao Moment').map(({ id }) => id);

    expect(ids).to.deep.equal([
      'moment_create',
      'moment_management',
      'moment_delete',
      'moment_bizform_result_read',
    ]);
  });

  for (const item of consentItems) {
    it(`describes ${item.id} in Korean and English`, () => {
      expect(item.level).to.equal('required');
      for (const text of [item.names, item.description]) {
        expect(text.ko).to.match(/[가-힣]/);
        expect(text.en).to.match(/^[\x20-\x7e]+$/);
      }
    });
  }

  it('is frozen', () => {
    expect(consentItems).to.be.frozen;
    expect(consentItems[0]?.names).to.be.frozen;
    expect(ConsentItem).to.be.frozen;
  });
});

describe('toScope', () => {
  it('joins items with commas, without duplicates', () => {
    expect(toScope(['biz_account_email', 'moment_management', 'biz_account_email'])).to.equal(
      'biz_account_email,moment_management',
    );
  });

  it('accepts a single item, and unknown items', () => {
    expect(toScope('talk_channel_management')).to.equal('talk_channel_management');
  });

  const invalid: [what: string, items: unknown][] = [
    ['an empty list', []],
    ['an empty string', ''],
    ['an empty item', ['']],
    ['an item with a comma', 'a,b'],
    ['an item with a space', ['a b']],
    ['an item with a line break', 'a\n'],
    ['an undefined item', [undefined]],
    ['null', null],
    ['a number', 7],
  ];
  for (const [what, items] of invalid) {
    it(`refuses ${what}`, () => {
      expect(() => Reflect.apply(toScope, undefined, [items])).to.throw(TypeError, /consent item/);
    });
  }
});

describe('parseScope', () => {
  const table = [
    [
      'items separated by a space',
      'biz_account_email moment_management',
      ['biz_account_email', 'moment_management'],
    ],
    [
      'items separated by a comma',
      'biz_account_email,moment_management',
      ['biz_account_email', 'moment_management'],
    ],
    ['repeated items and separators', ' a , b  a ', ['a', 'b']],
    ['an empty scope', '', []],
  ] as const;
  for (const [what, scope, items] of table) {
    it(`reads ${what}`, () => {
      expect(parseScope(scope)).to.deep.equal(items);
    });
  }
});

describe('toResourceIDs', () => {
  const table = [
    { what: 'requests no resource for the email', scope: 'biz_account_email', given: undefined, ids: [] },
    {
      what: 'drops duplicates',
      scope: 'moment_management',
      given: ['moment:1', 'moment:2', 'moment:1'],
      ids: ['moment:1', 'moment:2'],
    },
    { what: 'accepts a single ID', scope: 'moment_management', given: 'moment:1234', ids: ['moment:1234'] },
    {
      what: 'adds all accounts for moment_create',
      scope: 'moment_create',
      given: undefined,
      ids: ['moment:*'],
    },
    {
      what: 'adds all accounts for keyword_create',
      scope: ['keyword_create'],
      given: [],
      ids: ['keyword:*'],
    },
    {
      what: 'adds all accounts of another group',
      scope: ['moment_create', 'keyword_create'],
      given: 'keyword:*',
      ids: ['keyword:*', 'moment:*'],
    },
    {
      what: 'adds all accounts beside a single one of another group',
      scope: 'moment_create',
      given: 'keyword:7',
      ids: ['keyword:7', 'moment:*'],
    },
  ];
  for (const { what, scope, given, ids } of table) {
    it(what, () => {
      expect(toResourceIDs(scope, given)).to.deep.equal(ids);
    });
  }

  it('refuses a single account with an item for all accounts only', () => {
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
    it(`refuses the resource ID ${JSON.stringify(id)}`, () => {
      expect(() => Reflect.apply(toResourceIDs, undefined, ['moment_management', [id]])).to.throw(
        TypeError,
        /resource ID/,
      );
    });
  }
});
