import type { Order } from '@anteroom/shared/api/orders.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { useDay } from './use-day.ts';
import { useLineWords } from './use-line-words.ts';

/** Orders, the latest first; one that waits says who goes on. */
export function OrdersSection() {
  const text = texts.useText();
  const day = useDay();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const { data, error } = useQuery(queries.orders());
  const cancel = useMutation({
    mutationFn: (orderId: Order['id']) => api.orders.cancel({ params: { orderId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['resources'] }),
  });
  const lineWords = useLineWords();
  return (
    <section className="block" aria-labelledby="orders">
      <div className="section-head">
        <h2 id="orders">{text('orders.title')}</h2>
      </div>
      <FaultNote error={error ?? cancel.error} />
      {data?.items.length === 0 ? <p className="section-none">{text('orders.none')}</p> : null}
      {data?.items.some(({ state }) => state === 'pending') ? <p className="t2">{text('orders.pendingNext')}</p> : null}
      {data && data.items.length > 0 ? (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('orders.reference')}</th>
              <th scope="col">{text('orders.what')}</th>
              <th scope="col">{text('orders.time')}</th>
              <th scope="col">{text('orders.state')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((order) => (
              <tr key={order.id}>
                <td className="mono">{order.reference}</td>
                <td data-phone="line">
                  {lineWords(order.lines)}
                  {order.billingIdentity ? (
                    <span className="block t3">
                      {text('orders.billedTo', { label: order.billingIdentity.label ?? order.billingIdentity.subject })}
                    </span>
                  ) : null}
                </td>
                <td>
                  {day(order.startAt)} – {day(order.endAt)}
                </td>
                <td data-phone="end">
                  {text(`orders.${order.state}`)}{' '}
                  {order.state === 'pending' ? (
                    <button type="button" className="link" onClick={() => cancel.mutate(order.id)}>
                      {text('orders.cancel', { reference: order.reference })}
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
