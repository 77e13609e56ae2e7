'use client';

import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { NamedGateway } from '#lib/gateways/schema.ts';
import type { TokenRow } from '#lib/tokens/schema.ts';
import { outcomeUnknownToast } from '../../../../../_components/outcome-unknown.tsx';
import { useReceiptText } from '../../../../_components/use-receipt-text.ts';
import { setTokenStatusAction } from '../../actions.ts';
import { EndPreviousDialog } from './end-previous-dialog.tsx';
import { ExpiryDialog } from './expiry-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

type Question = { is: 'rotate' | 'expiry' | 'endPrevious'; token: TokenRow };

type TokenLife = {
  ask: (question: Question) => void;
  setStatus: (token: TokenRow, status: 'ACTIVE' | 'DISABLED') => Promise<void>;
};

const TokenLifeContext = createContext<TokenLife | null>(null);

/** @throws outside of `TokenLifeProvider`. */
export function useTokenLife(): TokenLife {
  const life = useContext(TokenLifeContext);
  if (!life) throw new Error('TokenLifeProvider is missing');
  return life;
}

type TokenLifeProviderProps = { gateway: NamedGateway; children: ReactNode };

/**
 * The popups of single tokens. They stand above the table, because a row may leave its page while its popup is open,
 * and a new secret must not go with it.
 */
export function TokenLifeProvider({ gateway, children }: TokenLifeProviderProps) {
  const [question, setQuestion] = useState<Question | null>(null);
  const openerRef = useRef<Element | null>(null);
  const setStatus = useStatusChange(gateway.id);
  const life = useMemo(() => {
    const ask = (next: Question) => {
      openerRef.current = document.activeElement;
      setQuestion(next);
    };
    return { ask, setStatus };
  }, [setStatus]);

  const dialog = {
    gateway,
    onClose: () => setQuestion(null),
    returnFocus: () => {
      if (openerRef.current instanceof HTMLElement) openerRef.current.focus({ preventScroll: true });
    },
  };
  return (
    <TokenLifeContext value={life}>
      {children}
      {question?.is === 'rotate' && <RotateDialog {...dialog} token={question.token} />}
      {question?.is === 'expiry' && <ExpiryDialog {...dialog} token={question.token} />}
      {question?.is === 'endPrevious' && <EndPreviousDialog {...dialog} token={question.token} />}
    </TokenLifeContext>
  );
}

/** Needs no question: it is taken back as easily. */
function useStatusChange(gatewayId: string): TokenLife['setStatus'] {
  const t = useTranslations('tokens.life');
  const receiptText = useReceiptText();
  return useMemo(
    () => async (token, status) => {
      try {
        const result = await setTokenStatusAction({ gatewayId, ids: [token.id], status });
        if (!result.ok) {
          if (result.code === 'outcomeUnknown') return outcomeUnknownToast();
          toast.error(t(result.code === 'tokensNotFound' ? 'errors.tokensNotFound' : 'errors.unexpected'));
          return;
        }
        const isDisabled = status === 'DISABLED';
        const text = t(isDisabled ? 'disabled' : 'enabled', { name: token.name });
        toast.success(text, { description: receiptText(isDisabled ? 'refused' : 'applied', result.receipt) });
      } catch {
        outcomeUnknownToast();
      }
    },
    [gatewayId, t, receiptText],
  );
}
