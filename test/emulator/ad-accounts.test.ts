import { expect } from 'chai';
import type { EmulatedAdAccount } from '../../lib/emulator/index.js';
import { callAdAPI, emulatorForEachTest, obtainToken } from './emulator-for-tests.js';

const accounts: EmulatedAdAccount[] = [
  { id: '9223372036854775807', name: '봄 "세일" 캠페인' },
  { id: '12', name: 'Off', memberType: 'MEMBER', config: 'OFF' },
  { id: '13', name: 'Deleted', config: 'DEL' },
  ...Array.from({ length: 11 }, (_, index) => ({ id: `${100 + index}`, name: `More ${index}` })),
];
const user = (moment: EmulatedAdAccount[], keyword: EmulatedAdAccount[]) => ({
  users: [{ id: '1', name: 'One', adAccounts: { moment, keyword } }],
});

describe('emulator: the list of ad accounts', () => {
  const emulator = emulatorForEachTest(() => user(accounts, accounts));
  const scope = 'moment_management,keyword_management';
  const list = async (root: string, query = ''): Promise<Response> =>
    callAdAPI(emulator(), `/openapi/${root}/adAccounts/pages${query}`, {
      token: await obtainToken(emulator(), { scope }),
    });

  for (const root of ['v4', 'v1']) {
    it(`has roles, states and IDs that JavaScript would round: ${root}`, async () => {
      const response = await list(root, '?size=2');

      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
      expect(await response.text()).to.equal(
        '{"content":[' +
          '{"id":9223372036854775807,"name":"봄 \\"세일\\" 캠페인","memberType":"MASTER","config":"ON"},' +
          '{"id":12,"name":"Off","memberType":"MEMBER","config":"OFF"}' +
          '],"page":0,"size":2,"totalElements":13,"totalPages":7}',
      );
    });
  }

  const pages: [query: string, names: string[], page: object][] = [
    ['', ['More 7'], { page: 0, size: 10, totalElements: 13, totalPages: 2 }],
    ['?page=1', ['More 10'], { page: 1, size: 10, totalElements: 13, totalPages: 2 }],
    ['?page=2', [], { page: 2, size: 10, totalElements: 13, totalPages: 2 }],
    ['?page=12&size=1', ['More 10'], { page: 12, size: 1, totalElements: 13, totalPages: 13 }],
    ['?size=1000', ['More 10'], { page: 0, size: 1000, totalElements: 13, totalPages: 1 }],
    ['?config=DEL', ['Deleted'], { page: 0, size: 10, totalElements: 1, totalPages: 1 }],
  ];
  for (const [query, last, page] of pages) {
    it(`has pages: ${query || 'without a query'}`, async () => {
      const body: unknown = await (await list('v4', query)).json();

      const { content, ...rest } = Object(body);
      expect(rest).to.deep.equal(page);
      expect(content.slice(-1).map(({ name }: { name: string }) => name)).to.deep.equal(last);
    });
  }

  const configs: [root: string, query: string, total: number | undefined][] = [
    ['v4', '?config=ON,OFF,DEL', 14],
    ['v4', '?config=OFF,DEL', 2],
    ['v4', '?config=ON&config=OFF', undefined],
    ['v4', '?config=on', undefined],
    ['v4', '?config=', undefined],
    ['v1', '?config=ON&config=OFF&config=DEL', 14],
    ['v1', '?config=OFF&config=DEL', 2],
    ['v1', '?config=ON,OFF', undefined],
    ['v1', '?config=', undefined],
  ];
  for (const [root, query, total] of configs) {
    it(`${total === undefined ? 'rejects' : 'accepts'} states in the form of the API: ${root}${query}`, async () => {
      const body: unknown = await (await list(root, query)).json();

      expect(body).to.deep.include(total === undefined ? { code: -2 } : { totalElements: total });
    });
  }

  for (const query of [
    '?page=-1',
    '?page=a',
    '?page=1&page=2',
    '?page=',
    '?size=0',
    '?size=1.5',
    '?size=1e3',
  ]) {
    it(`answers -2 to ${query}`, async () => {
      const response = await list('v1', query);

      expect(response.status).to.equal(400);
      expect(await response.json()).to.include({ code: -2 });
    });
  }

  it('has all ad accounts of the user, also those without consent', async () => {
    const token = await obtainToken(emulator(), { scope }, { 'moment-1': ['12'], 'keyword-1': [] });

    const response = await callAdAPI(emulator(), '/openapi/v1/adAccounts/pages', { token });

    expect(await response.json()).to.include({ totalElements: 13 });
  });

  it('has ad accounts that were added to the running emulator', async () => {
    const token = await obtainToken(emulator(), { scope });
    emulator().users[0]?.adAccounts.moment.splice(0, 14, { id: '5', name: 'New' });

    const response = await callAdAPI(emulator(), '/openapi/v4/adAccounts/pages', { token });

    expect(await response.json()).to.deep.include({
      content: [{ id: 5, name: 'New', memberType: 'MASTER', config: 'ON' }],
    });
  });
});

describe('emulator: the list of ad accounts of a user without any', () => {
  const emulator = emulatorForEachTest(() => user([{ id: '11', name: 'Only' }], []));

  it('is empty', async () => {
    const token = await obtainToken(emulator(), { scope: 'moment_management,keyword_management' });

    const response = await callAdAPI(emulator(), '/openapi/v1/adAccounts/pages', { token });

    expect(await response.json()).to.deep.equal({
      content: [],
      page: 0,
      size: 10,
      totalElements: 0,
      totalPages: 0,
    });
  });
});

describe('emulator: one ad account', () => {
  const emulator = emulatorForEachTest(() => user(accounts, accounts));
  const scope = 'moment_management,keyword_management';

  for (const root of ['v4', 'v1']) {
    it(`has its name, role and state: ${root}`, async () => {
      const token = await obtainToken(emulator(), { scope });
      const id = '9223372036854775807';

      const response = await callAdAPI(emulator(), `/openapi/${root}/adAccounts/${id}`, {
        token,
        adAccountID: id,
      });

      expect(await response.text()).to.equal(
        `{"id":${id},"name":"봄 \\"세일\\" 캠페인","memberType":"MASTER","config":"ON"}`,
      );
    });
  }

  const refused: [what: string, path: string, header: string | undefined][] = [
    ['without the header', '12', undefined],
    ['of somebody else', '999', '999'],
    ['of somebody else, with an own one in the header', '999', '12'],
    ['with one of somebody else in the header', '12', '999'],
  ];
  for (const [what, id, adAccountID] of refused) {
    it(`is refused with -813: ${what}`, async () => {
      const token = await obtainToken(emulator(), { scope });

      const response = await callAdAPI(emulator(), `/openapi/v4/adAccounts/${id}`, { token, adAccountID });

      expect(response.status).to.equal(400);
      expect(await response.json()).to.include({ code: -813 });
    });
  }
});
