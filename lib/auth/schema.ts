import { z } from 'zod';

/** In characters. NIST SP 800-63B-4 §3.1.1.2 and ASVS 5, 6.2.1 ask for 8 at least, and would rather see 15. */
export const SHORTEST_PASSWORD = 12;
/** Argon2 reads all of it: without a limit, a long password is a way to keep the server busy. */
export const LONGEST_PASSWORD = 200;

/** Sign-in, in the browser and on the server. The messages are keys below `signIn.errors`. */
export const credentialsSchema = z.object({
  email: z.email('email').max(254, 'email').toLowerCase(),
  password: z.string().min(1, 'password').max(LONGEST_PASSWORD, 'password'),
});

export type Credentials = z.infer<typeof credentialsSchema>;

/**
 * A change of one's own password, in the browser and on the server. The new one is taken as it is: no character is
 * changed, trimmed or asked for (ASVS 5, 6.2.5, 6.2.8).
 */
export const changePasswordSchema = z.object({
  current: z.string().min(1).max(LONGEST_PASSWORD),
  next: z
    .string()
    .max(LONGEST_PASSWORD)
    .refine((password) => [...password].length >= SHORTEST_PASSWORD),
});

export type ChangePasswordInput = z.infer<typeof changePasswordSchema>;
