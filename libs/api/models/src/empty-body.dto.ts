/** A request that says everything in its address: any field in its body is refused as unknown. */
export class EmptyBodyDto {}
