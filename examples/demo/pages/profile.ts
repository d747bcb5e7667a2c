import type { KoreanAndEnglish } from 'passport-kakao-business';
import { say } from '../language.js';
import type { User } from '../users.js';
import type { Notice, Visitor } from '../visitor.js';
import { connection, type TokenCheck } from './connection.js';
import { factList } from './facts.js';
import { type HTML, html } from './html.js';
import { layout } from './layout.js';

interface Profile {
  visitor: Visitor;
  user: User;
  notice?: Notice | undefined;
  check?: TokenCheck;
}

/** The profile page: user, consent and ad accounts. */
export function profilePage({ visitor, user, notice, check }: Profile): string {
  const { kakaoBusiness } = user;
  return layout({
    title: say('내 프로필', 'My profile'),
    visitor,
    address: '/profile',
    main: html`${notice && html`<p class="notice" role="status">${notices[notice]}</p>`}
${kakaoBusiness?.lastCheck?.works === false && !check && lapsed}
${identity(user)}
${kakaoBusiness ? connection(kakaoBusiness, visitor, check) : notConnected}`,
  });
}

const notices: Record<Notice, KoreanAndEnglish> = {
  connected: say('카카오 비즈니스를 연결했습니다.', 'Kakao Business is connected.'),
  disconnected: say(
    '연결을 해제했습니다. 토큰은 이제 쓸 수 없습니다.',
    'Disconnected. The token is no longer valid.',
  ),
  'already-disconnected': say(
    '카카오에서 이미 해제된 연결이어서, 앱에서도 삭제했습니다.',
    'It was disconnected at Kakao before. The app has deleted it too.',
  ),
  'not-connected': say(
    '이미 연결이 해제되어 있습니다. 다른 창이나 브라우저에서 해제했을 수 있습니다.',
    'It was disconnected already, perhaps in another window or browser.',
  ),
  'already-signed-in': say('이미 로그인되어 있습니다.', 'You are already signed in.'),
  'already-connected': say(
    '카카오 비즈니스는 이미 연결되어 있으며, 바뀐 것은 없습니다.',
    'Kakao Business was already connected. Nothing has changed.',
  ),
};

const lapsed = html`<p class="alert" role="alert">${say(
  '카카오 비즈니스 연결이 만료되었거나 카카오에서 해제되었습니다.',
  'The connection to Kakao Business has expired, or was disconnected at Kakao.',
)} <a href="/connect/kakao-business">${say('다시 동의하고 이어서 사용하기', 'Agree again to continue')}</a></p>`;

function identity({ username, kakaoBusiness }: User): HTML {
  const { profile } = kakaoBusiness ?? {};
  const email = profile?.emails?.[0].value;
  const name = username ?? email;
  return html`<header class="identity">
<p class="avatar" aria-hidden="true">${name?.slice(0, 1).toUpperCase() ?? '?'}</p>
<div>
<h1>${name ?? say('카카오 비즈니스 사용자', 'Kakao Business user')}</h1>
${factList([
  profile && (username !== undefined || email === undefined) && [say('이메일', 'Email'), email ?? noEmail],
  profile && [say('카카오 비즈니스 ID', 'Kakao Business ID'), html`<code>${profile.id}</code>`],
  [say('로그인 방법', 'Signs in with'), waysToSignIn(username !== undefined, profile !== undefined)],
])}
</div>
</header>`;
}

const noEmail = say(
  '없음 (카카오계정에 이메일이 없거나, 이메일 제공에 동의하지 않으셨습니다)',
  'none (the Kakao Account has none, or you did not agree to share it)',
);

function waysToSignIn(password: boolean, connected: boolean): KoreanAndEnglish {
  if (!password) return say('카카오 비즈니스', 'Kakao Business');
  return connected
    ? say('비밀번호 또는 카카오 비즈니스', 'a password or Kakao Business')
    : say('비밀번호', 'a password');
}

const notConnected = html`<section class="card connect" aria-labelledby="connect">
<div>
<h2 id="connect">${say('아직 연결된 카카오 비즈니스가 없습니다', 'Kakao Business is not connected')}</h2>
<p>${say(
  '연결하면 허용한 광고계정을 이곳에서 볼 수 있습니다. 지금의 로그인은 그대로 유지됩니다.',
  'Connect it to see the ad accounts that you allow. You stay signed in.',
)}</p>
</div>
<a class="button kakao" href="/connect/kakao-business">${say('카카오 비즈니스 연결', 'Connect Kakao Business')}</a>
</section>`;
