import { Injectable } from '@nestjs/common';
import type { KakaoBusinessAgreement, KakaoBusinessProfile } from 'passport-kakao-business';

export interface User {
  id: string;
  email?: string;
  agreements: KakaoBusinessAgreement[];
}

/** Your database, here in memory. */
@Injectable()
export class UsersService {
  private readonly users = new Map<string, User>();

  /** Finds the user by the ID, since an email may change hands, and brings the rest up to date. */
  save({ id, emails, agreements }: KakaoBusinessProfile): User {
    const user = { id, email: emails?.[0].value, agreements };
    this.users.set(id, user);
    return user;
  }

  find(id: string): User | undefined {
    return this.users.get(id);
  }
}
