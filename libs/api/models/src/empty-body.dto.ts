import { ApiSchema } from '@nestjs/swagger';

/** A request that says everything in its address: any field in its body is refused as unknown. */
@ApiSchema({ name: 'EmptyBody' })
export class EmptyBodyDto {}
