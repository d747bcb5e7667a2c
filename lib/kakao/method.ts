/** The HTTP methods of Kakao's APIs. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** An HTTP method of Kakao's APIs. Business Authentication uses GET and POST, the ad APIs all of them. */
export type KakaoBusinessMethod = (typeof methods)[number];
