import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const OURS = '**passport-kakao-business**';
const PEERS = [
  'passport-kakao',
  'passport-google-oauth20',
  'passport-github2',
  'passport-oauth2',
  'openid-client/passport',
];
const FLOORS = ['two bare https.request', 'two bare node-fetch', 'three bare node-fetch'];

describe('npm run bench -- --quick', function () {
  this.timeout(120_000);

  let report = '';
  before(async () => {
    // Where coverage is collected, the measuring processes are no part of it.
    const { NODE_V8_COVERAGE: _, ...env } = process.env;
    const bench = join(__dirname, '../../bench/run.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', bench, '--quick'], {
      env,
    });
    report = stdout;
  });

  /** The cells of the first table under a heading, its head left out. */
  function tableUnder(heading: string): string[][] {
    const [, section = ''] = report.split(`\n${heading}\n`);
    const [table = ''] = /^\|.*(?:\n\|.*)*/m.exec(section) ?? [];
    const [, , ...rows] = table.split('\n').map(row => row.slice(2, -2).split(' | '));
    return rows;
  }
  const firstColumn = (heading: string): (string | undefined)[] =>
    tableUnder(heading).map(([first]) => first);

  it('says where and with what it was measured', () => {
    expect(report).to.include(`Node ${process.versions.node}`);
    for (const name of [...PEERS.slice(0, 4), 'openid-client', 'node-fetch'])
      expect(report).to.match(new RegExp(`${name} \\d+\\.\\d+\\.\\d+`));
  });

  for (const heading of [
    '### 20 ms there and back',
    '## Requests and connections',
    '## CPU per login',
    '## Logins per second',
  ]) {
    it(`shows us, our peers and the floors under “${heading}”`, () => {
      expect(firstColumn(heading)).to.deep.equal([OURS, ...PEERS, ...FLOORS]);
      expect(tableUnder(heading).flat().join(' ')).to.not.match(/NaN|Infinity|undefined/);
    });
  }

  it('shows whoever has a redirect step under “Redirect steps per second”', () => {
    expect(firstColumn('## Redirect steps per second')).to.deep.equal([OURS, ...PEERS]);
  });

  it('sums it up in five lines', () => {
    expect(tableUnder('## In five lines')).to.have.lengthOf(5);
  });

  it('shows how it grows, with one login and with eight pending in a session', () => {
    const headings = [...report.matchAll(/^### (passport-[\w-]+, .* pending in a session.*)$/gm)].map(
      ([heading]) => heading,
    );
    expect(headings).to.have.lengthOf(3);
    for (const heading of headings) expect(firstColumn(heading)).to.deep.equal(['10', '100', '200']);
  });

  it('shows what loading us costs beside passport-oauth2', () => {
    expect(firstColumn('## Loading and size')).to.deep.equal([OURS, 'passport-oauth2']);
  });

  it('counts three requests for a login of ours, two for the others', () => {
    const requests = tableUnder('## Requests and connections').map(([name, count]) => [name, count]);
    expect(requests).to.deep.equal([
      [OURS, '3'],
      ...PEERS.map(name => [name, '2']),
      ['two bare https.request', '2'],
      ['two bare node-fetch', '2'],
      ['three bare node-fetch', '3'],
    ]);
  });

  it('counts at most three connections for logins one after the other', () => {
    const connections = tableUnder('## Requests and connections').map(([, , oneByOne]) => Number(oneByOne));
    expect(Math.max(...connections)).to.equal(3);
  });

  it('lists every promise with its limit, and judges none', () => {
    const promises = tableUnder('## What was promised');
    expect(promises).to.have.lengthOf(10);
    for (const [promise, measured, limit, met] of promises) {
      expect([promise, measured], promise).to.not.include('');
      expect(limit, promise).to.match(/^at (?:most|least) \d/);
      expect(met, promise).to.be.oneOf(['yes', '**no**']);
    }
  });
});
