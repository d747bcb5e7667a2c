/** What an endpoint answers to a user. */
export type Answer = (user: number) => { type: string; body: string };

const json =
  (answer: (user: number) => object): Answer =>
  user => ({ type: 'application/json;charset=UTF-8', body: JSON.stringify(answer(user)) });

/** Whoever issues tokens: Kakao's endpoint, and in the peers' own shapes what they expect of theirs. */
export const kauth: Record<string, Answer> = {
  '/oauth/business/token': json(user => ({
    access_token: `token-${user}`,
    token_type: 'bearer',
    scope: 'moment_management biz_account_email',
  })),
  '/oauth/token': json(user => ({
    access_token: `token-${user}`,
    token_type: 'bearer',
    refresh_token: `refresh-${user}`,
    expires_in: 21_599,
    scope: 'account_email profile_nickname',
    refresh_token_expires_in: 5_183_999,
  })),
  '/google/token': json(user => ({
    access_token: `token-${user}`,
    expires_in: 3599,
    scope: 'openid https://www.googleapis.com/auth/userinfo.email',
    token_type: 'Bearer',
  })),
  '/github/token': user => ({
    type: 'application/x-www-form-urlencoded; charset=utf-8',
    body: `access_token=token-${user}&scope=&token_type=bearer`,
  }),
};

/** Whoever tells who the user is. */
export const kapi: Record<string, Answer> = {
  // Assumption: the members of these two are reported, not documented.
  '/v1/business/tokeninfo': json(user => ({
    token_user_id: user,
    biz_agreements: [{ group: 'MOMENT', scope: 'moment_management', ad_account_ids: [11, 12] }],
  })),
  '/v1/business/userinfo': json(user => ({ email: `user-${user}@example.com` })),
  '/v2/user/me': json(user => ({
    id: user,
    connected_at: '2026-01-01T00:00:00Z',
    properties: { nickname: '카카오' },
    kakao_account: {
      profile_nickname_needs_agreement: false,
      profile: { nickname: '카카오', is_default_nickname: false },
      has_email: true,
      email_needs_agreement: false,
      is_email_valid: true,
      is_email_verified: true,
      email: `user-${user}@example.com`,
    },
  })),
  '/google/userinfo': json(user => ({
    sub: String(user),
    name: 'Some Body',
    given_name: 'Some',
    family_name: 'Body',
    picture: 'https://example.com/picture',
    email: `user-${user}@example.com`,
    email_verified: true,
  })),
  '/github/user': json(user => ({
    login: `user-${user}`,
    id: user,
    node_id: 'MDQ6VXNlcjE=',
    avatar_url: 'https://example.com/picture',
    html_url: `https://example.com/user-${user}`,
    type: 'User',
    site_admin: false,
    name: 'Some Body',
    company: null,
    blog: '',
    location: 'Seoul',
    email: `user-${user}@example.com`,
    bio: null,
    public_repos: 2,
    followers: 20,
    following: 0,
    created_at: '2008-01-14T04:33:35Z',
    updated_at: '2008-01-14T04:33:35Z',
  })),
};
