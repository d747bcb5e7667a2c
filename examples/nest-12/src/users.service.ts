import { Injectable } from '@nestjs/common';
import type { KakaoBusinessAgreement, KakaoBusinessProfile } from 'passport-kakao-business';

export interface User {
  id: string;
  email?: string;
  agreements: KakaoBusinessAgreement[];
}

/** In memory; use your database. */
@Injectable()
export class UsersService {
  private readonly users = new Map<string, User>();

  /** Finds the user by the ID, because an email can change owners, and updates the rest. */
  save({ id, emails, agreements }: KakaoBusinessProfile): User {
    const user = { id, email: emails?.[0].value, agreements };
    this.users.set(id, user);
    return user;
  }

  find(id: string): User | undefined {
    return this.users.get(id);
  }
}
