export declare const HOSTILE: readonly (readonly [name: string, text: string])[];
