import type { AdAPI, KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import type { Visitor } from '../visitor.js';
import { factList } from './facts.js';
import { groupName } from './groups.js';
import { type HTML, html } from './html.js';
import { layout } from './layout.js';

interface OneAdAccount {
  visitor: Visitor;
  api: AdAPI;
  id: string;
  /** Kakao's response, whatever it is. */
  account: unknown;
}

/** One ad account, which the user may use. */
export function adAccountPage({ visitor, api, id, account }: OneAdAccount): string {
  const { name, memberType, config } = readTexts(account);
  return layout({
    title: say('광고계정', 'Ad account'),
    visitor,
    address: `/ad-accounts/${api}/${id}`,
    main: html`<header class="pitch">
<h1><bdi>${name || id}</bdi></h1>
${factList([
  [groupName(api), html`<code>${id}</code>`],
  memberType !== '' && [say('역할', 'Role'), roleOf(memberType)],
  config !== '' && [say('상태', 'State'), stateOf(config)],
])}
</header>
<p class="notice">${say('이 앱에서 쓸 수 있는 광고계정입니다.', 'This app may use this ad account for you.')}</p>
<div class="actions">
<a class="button plain" href="/ad-accounts">${say('모든 광고계정', 'All ad accounts')}</a>
</div>`,
  });
}

/** The user's role on an ad account. Kakao may add some. */
export const roleOf = (memberType: string): KoreanAndEnglish | HTML => known(roles, memberType);

/** The state of an ad account. Kakao may add some. */
export const stateOf = (config: string): KoreanAndEnglish | HTML => known(states, config);

// Maps, not objects: a name from Kakao could be "constructor".
const roles: ReadonlyMap<string, KoreanAndEnglish> = new Map([
  ['MASTER', say('마스터', 'Master')],
  ['MEMBER', say('멤버', 'Member')],
]);
const states: ReadonlyMap<string, KoreanAndEnglish> = new Map([
  ['ON', say('켜짐', 'On')],
  ['OFF', say('꺼짐', 'Off')],
  ['DEL', say('삭제됨', 'Deleted')],
]);

const known = (texts: ReadonlyMap<string, KoreanAndEnglish>, name: string): KoreanAndEnglish | HTML =>
  texts.get(name) ?? (name === '' ? say('알 수 없음', 'unknown') : html`<code>${name}</code>`);

function readTexts(account: unknown): Record<'name' | 'memberType' | 'config', string> {
  const members: Record<string, unknown> =
    typeof account === 'object' && account !== null ? { ...account } : {};
  const text = (name: string): string => {
    const value = members[name];
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), memberType: text('memberType'), config: text('config') };
}
