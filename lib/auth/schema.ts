import { z } from 'zod';

/** Sign-in, in the browser and on the server. The messages are keys below `signIn.errors`. */
export const credentialsSchema = z.object({
  email: z.email('email').max(254, 'email').toLowerCase(),
  // Argon2 reads all of it: without a limit, a long password is a way to keep the server busy.
  password: z.string().min(1, 'password').max(200, 'password'),
});

export type Credentials = z.infer<typeof credentialsSchema>;
