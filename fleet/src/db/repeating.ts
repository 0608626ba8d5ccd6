import { Kysely, type Transaction, type TransactionBuilder } from 'kysely';

// PostgreSQL gives up one of two transactions that wait for each other's rows, or that it cannot put into an order; that
// one may be made again (https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html).
const repeatableFailures = ['40P01', '40001'];
const mostTries = 5;

/**
 * A database whose transactions are made again when they lost to another one. What a transaction's function does outside
 * of the database must bear that.
 */
export class RepeatingKysely<DB> extends Kysely<DB> {
  override transaction(): TransactionBuilder<DB> {
    const builder = super.transaction();
    const executeOnce = builder.execute.bind(builder);
    builder.execute = async <T>(act: (tx: Transaction<DB>) => Promise<T>): Promise<T> => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await executeOnce(act);
        } catch (error) {
          if (tries === mostTries || !isRepeatable(error)) throw error;
        }
      }
    };
    return builder;
  }
}

function isRepeatable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && repeatableFailures.includes(String(error.code));
}
