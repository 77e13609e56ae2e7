import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { NAME_PROBLEMS } from '#lib/tokens/name.ts';
import { type CreatedToken, tokenNameSchema } from '#lib/tokens/schema.ts';
import { createTokensAction } from '../actions.ts';

const formSchema = z.object({ name: tokenNameSchema });

/** What can be wrong with the name alone is said at its field, the rest above the form. */
const fieldProblemSchema = z.enum([...NAME_PROBLEMS, 'nameTaken']);

type FormProblem = 'sessionEnded' | 'gatewayNotFound' | 'unexpected';

/** The form that creates a token of a gateway. Whatever goes wrong, the name stays in it. */
export function useTokenCreation(gatewayId: string, onCreated: (created: CreatedToken) => void) {
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const creationId = useRef(crypto.randomUUID());
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { name: '' },
  });

  const create = handleSubmit(async ({ name }) => {
    setProblem(null);
    try {
      const input = { gatewayId, creationId: creationId.current, names: [name], expiresAt: null };
      const result = await createTokensAction(input);
      if (result.ok) return result.created.forEach(onCreated);
      if (result.code === 'invalid') return setProblem('unexpected');
      if (result.code !== 'nameTaken') return setProblem(result.code);
      setError('name', { message: result.code }, { shouldFocus: true });
    } catch {
      setProblem('unexpected');
    }
  });

  return {
    register,
    /** Once per answer: a second Enter would only find the name taken. */
    submit: (event: FormEvent) => (formState.isSubmitting ? event.preventDefault() : create(event)),
    problem,
    fieldProblem: fieldProblemSchema.safeParse(formState.errors.name?.message).data,
    pending: formState.isSubmitting,
  };
}
