export interface SandboxCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Temporary credentials: every request must carry it. */
  sessionToken?: string;
  /** When the session token ends; never, where left out. */
  expiration?: Date;
}

/** What a stand-in knows where it is told no others. Fake, and visibly so. */
export const sandboxCredentials: SandboxCredentials = {
  accessKeyId: 'AKIASANDBOX000000000',
  secretAccessKey: 'sandbox/secret/access/key/of/no/account00',
};
