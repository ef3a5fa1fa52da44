import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { AccessControl } from './access-control';
import { AccessTokens } from './access-tokens';
import { SessionController } from './session.controller';

@Module({
  controllers: [SessionController],
  providers: [
    AccessControl,
    {
      provide: AccessTokens,
      useFactory: ({ accessTokens, adminToken }: Environment) => new AccessTokens(accessTokens, adminToken),
      inject: [ENVIRONMENT],
    },
  ],
})
export class AccessModule {}
