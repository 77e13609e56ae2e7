import { redirect } from 'next/navigation';
import { requireSession } from '#lib/auth/session.ts';

export default async function HomePage() {
  await requireSession();
  redirect('/gateways');
}
