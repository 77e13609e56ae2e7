import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { gatewayAddresses } from '#lib/gateways/address.ts';
import { type CreateGatewayInput, createGatewaySchema } from '#lib/gateways/inputs.ts';
import { slugOf } from '#lib/gateways/name.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { fieldOf } from '../../_components/provider-form/provider-form-values.ts';
import type { CallableModel } from '../../_components/snippet-tabs.tsx';
import { createGatewayAction } from '../../actions.ts';

export type CreateGatewayValues = z.input<typeof createGatewaySchema>;

/** What a gateway's addresses are made of, besides its name. */
export type GatewayPlace = { accountId: number; origin: string; gatewayDomain: string };

export type CreatedGateway = {
  gatewayId: string;
  name: string;
  firstToken: CreatedToken;
  example: CallableModel | null;
};

type Problem = 'sessionEnded' | 'invalid' | 'maybeCreated' | 'unexpected';

/** The form that creates a gateway. Whatever goes wrong, what was typed stays in it. */
export function useGatewayCreation(place: GatewayPlace) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [created, setCreated] = useState<CreatedGateway | null>(null);
  const form = useForm({
    // Checked when it is sent: an error that appears as a field is left moves the button away from under the mouse.
    mode: 'onSubmit',
    resolver: zodResolver(createGatewaySchema),
    defaultValues: { name: '', authenticated: true, providers: [] },
  });

  const create = form.handleSubmit(
    async (input) => {
      setProblem(null);
      try {
        const result = await createGatewayAction(input);
        if (result.ok) {
          const { gatewayId, firstToken } = result;
          return setCreated({ gatewayId, firstToken, name: input.name, example: exampleOf(input, place) });
        }
        setProblem(problemOf(result.code));
        if (result.code === 'nameTaken') form.setError('name', { message: 'nameTaken' }, { shouldFocus: true });
        if (result.code !== 'invalid') return;
        for (const [at, issue] of result.issues.entries()) {
          form.setError(fieldOf(issue), { message: issue.message }, { shouldFocus: at === 0 });
        }
      } catch {
        setProblem('maybeCreated');
      }
    },
    () => setProblem('invalid'),
  );

  return {
    form,
    /** Once per answer: a second Enter would only find the name taken. */
    submit: (event: FormEvent) => (form.formState.isSubmitting || created ? event.preventDefault() : create(event)),
    problem,
    pending: form.formState.isSubmitting,
    created,
  };
}

function problemOf(code: 'sessionEnded' | 'invalid' | 'nameTaken' | 'outcomeUnknown' | 'unexpected'): Problem {
  if (code === 'outcomeUnknown') return 'maybeCreated';
  return code === 'nameTaken' ? 'invalid' : code;
}

/** A model to show code for, with the first token in it. */
function exampleOf({ name, providers }: CreateGatewayInput, place: GatewayPlace): CallableModel | null {
  const [provider] = providers;
  const model = provider?.models[0];
  if (!provider || !model) return null;
  const addresses = gatewayAddresses(slugOf(place.accountId, name), place.origin, place.gatewayDomain);
  return { kind: provider.kind, model, addresses };
}
