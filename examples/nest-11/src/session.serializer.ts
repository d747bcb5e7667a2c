import { Inject, Injectable } from '@nestjs/common';
import { PassportSerializer } from '@nestjs/passport';
import { type User, UsersService } from './users.service';

/** Stores only the user's ID in the session. */
@Injectable()
export class SessionSerializer extends PassportSerializer {
  constructor(@Inject(UsersService) private readonly users: UsersService) {
    super();
  }

  serializeUser(user: User, done: (error: null, id: string) => void): void {
    done(null, user.id);
  }

  deserializeUser(id: string, done: (error: null, user: User | false) => void): void {
    done(null, this.users.find(id) ?? false);
  }
}
