/** An HTTP method of Kakao's APIs: Business Authentication uses GET and POST, the ad APIs all of them. */
export type KakaoBusinessMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** All of them. */
export const methods: readonly KakaoBusinessMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
