import { z } from 'zod';

/** Short of this, e-mail and password are judged as credentials: a wrong one is 401, and counts as an attempt. */
const signInFormSchema = z.object({
  email: z.string().default(''),
  password: z.string().default(''),
  csrfToken: z.string().default(''),
});

/** Room for every character of an address and a password percent-encoded. */
const MOST_CHARACTERS = 8_192;

export type SignInForm = z.infer<typeof signInFormSchema>;

/** What a request to sign in holds, as a form or as JSON; null when it is neither. */
export async function readSignInForm(request: Request): Promise<SignInForm | null> {
  const text = await request.text();
  // Reading a form takes time by the number of its fields, and anybody may send one.
  if (text.length > MOST_CHARACTERS) return null;
  const isJson = request.headers.get('content-type')?.includes('application/json') ?? false;
  return (
    signInFormSchema.safeParse(isJson ? parseJson(text) : Object.fromEntries(new URLSearchParams(text))).data ?? null
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
