export interface SandboxCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** For temporary credentials: every request must carry it. */
  sessionToken?: string;
  /** When the session token ends. It never does if this is left out. */
  expiration?: Date;
}

/** What a stand-in knows by default. Visibly fake. */
export const sandboxCredentials: SandboxCredentials = {
  accessKeyId: 'AKIASANDBOX000000000',
  secretAccessKey: 'sandbox/secret/access/key/of/no/account00',
};
